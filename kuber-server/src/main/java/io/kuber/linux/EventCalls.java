package io.kuber.linux;

/** Waiting for descriptors. Part of {@link Syscalls}. */
public interface EventCalls {
  /** Whether reading from the descriptor would not wait, seen within {@code millis} (-1: ever). */
  boolean awaitReadable(int descriptor, int millis);

  /** An event queue. */
  int epoll();

  /** Adds a descriptor to an event queue for {@code events}; its number comes back as the event. */
  void epollAdd(int epoll, int descriptor, int events);

  /** Takes a descriptor off an event queue. */
  void epollRemove(int epoll, int descriptor);

  /** Waits up to {@code millis} (-1: ever) for events and returns the descriptors that have any. */
  int[] epollWait(int epoll, int most, int millis);
}
