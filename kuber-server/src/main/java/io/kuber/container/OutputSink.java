package io.kuber.container;

/** Takes what a container writes. Called on the runtime's thread: it must not wait. */
@FunctionalInterface
public interface OutputSink {
  /** Drops everything. */
  OutputSink DISCARD = (stream, bytes) -> {};

  /** Which of its streams a container wrote to; a terminal has only {@code STDOUT}. */
  enum Stream {
    STDOUT,
    STDERR
  }

  /** Takes bytes as they were read, cut anywhere. The array is the sink's to keep. */
  void accept(Stream stream, byte[] bytes);

  /** The container has ended and everything it wrote has been handed over. */
  default void end() {}
}
