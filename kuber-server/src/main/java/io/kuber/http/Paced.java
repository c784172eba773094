package io.kuber.http;

/**
 * Something to write to that a client reads at its own pace. What the client has not taken yet
 * waits in memory; a writer that has much to say stops while it is not writable.
 */
public interface Paced {
  /** Whether more may be written now. Writing nonetheless is allowed, within bounds. */
  boolean isWritable();

  /** Bytes that were written here and that the network has not taken yet. */
  long pendingBytes();

  /**
   * Runs {@code action} once, as soon as this is writable or closed: on the calling thread if it is
   * already, otherwise on the event loop, where it must not block.
   */
  void onWritable(Runnable action);

  /** Whether nothing written here will reach the client any more. */
  boolean isClosed();
}
