package io.kuber.linux;

import static io.kuber.linux.Kernel.call;
import static io.kuber.linux.Kernel.check;
import static io.kuber.linux.Kernel.uninterrupted;

/** The verbs on events, made for real; keeps nothing, so it needs no class. */
interface LinuxEvents extends EventCalls {
  /** {@code struct epoll_event} is packed on x86-64 and aligned elsewhere. */
  int EPOLL_DATA = Architecture.host() == Architecture.X86_64 ? 4 : 8;

  int EPOLL_EVENT_BYTES = EPOLL_DATA + 8;
  int EPOLL_CTL_ADD = 1;
  int EPOLL_CTL_DEL = 2;

  @Override
  default boolean awaitReadable(int descriptor, int millis) {
    Memory memory = Kernel.scratch(0);
    long poll = memory.space(8);
    memory.putInt(poll, descriptor);
    memory.putInt(poll + 4, Uapi.POLLIN);
    long timeout = millis < 0 ? 0 : memory.space(16);
    if (millis >= 0) {
      memory.putLong(timeout, millis / 1000);
      memory.putLong(timeout + 8, millis % 1000 * 1_000_000L);
    }
    return check(uninterrupted(Call.PPOLL, poll, 1, timeout), Call.PPOLL, descriptor, millis) > 0;
  }

  @Override
  default int epoll() {
    return call(Call.EPOLL_CREATE1, Uapi.O_CLOEXEC);
  }

  @Override
  default void epollAdd(int epoll, int descriptor, int events) {
    Memory memory = Kernel.scratch(0);
    long event = memory.space(EPOLL_EVENT_BYTES);
    memory.putInt(event, events);
    memory.putLong(event + EPOLL_DATA, descriptor);
    call(Call.EPOLL_CTL, epoll, EPOLL_CTL_ADD, descriptor, event);
  }

  @Override
  default void epollRemove(int epoll, int descriptor) {
    Memory memory = Kernel.scratch(0);
    call(Call.EPOLL_CTL, epoll, EPOLL_CTL_DEL, descriptor, memory.space(EPOLL_EVENT_BYTES));
  }

  @Override
  default int[] epollWait(int epoll, int most, int millis) {
    Memory memory = Kernel.scratch(most * EPOLL_EVENT_BYTES);
    long events = memory.space(most * EPOLL_EVENT_BYTES);
    long count = uninterrupted(Call.EPOLL_PWAIT, epoll, events, most, millis, 0, 8);
    check(count, Call.EPOLL_PWAIT, epoll, most, millis);
    int[] descriptors = new int[(int) count];
    for (int i = 0; i < descriptors.length; i++) {
      descriptors[i] = memory.getInt(events + (long) i * EPOLL_EVENT_BYTES + EPOLL_DATA);
    }
    return descriptors;
  }
}
