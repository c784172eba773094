package io.kuber.server.audit;

/** Where events go. */
interface Backend extends AutoCloseable {
  /** Takes an event as one line of JSON without its end; on the loop of the audit. */
  void write(byte[] event);

  /** Takes what has been written so far to where it belongs, within a bounded time. */
  @Override
  void close();
}
