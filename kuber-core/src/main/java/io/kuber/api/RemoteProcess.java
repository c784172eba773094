package io.kuber.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;

/** A process in a container with its streams, which block; each is for one thread at a time. */
public interface RemoteProcess extends AutoCloseable {
  /** What the process reads; closing it is the end of input. Takes nothing when not asked for. */
  OutputStream stdin();

  /** What the process writes; at its end at once when not asked for. */
  InputStream stdout();

  /** What the process writes as errors; at its end at once when not asked for or on a terminal. */
  InputStream stderr();

  /** Tells the terminal its new size, in characters; does nothing without a terminal. */
  void resize(int columns, int rows);

  /**
   * Completes with the exit code once the process has ended, 128 + the number of the signal when a
   * signal ended it. Fails with an {@link ApiException} or an {@link java.io.IOException} when the
   * code cannot be known. Output written before the end can still be read afterwards.
   */
  CompletionStage<Integer> exit();

  /**
   * Lets go: closes the streams, wakes threads that are blocked on them, and kills a process that
   * exec started. The main process of a container, joined by attach, lives on. May be repeated.
   */
  @Override
  void close();
}
