package io.kuber.container;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;

/**
 * A process that was started inside a running container. Reading waits for output; it ends when the
 * process and all that inherited its streams have closed them.
 */
public interface ContainerProcess extends AutoCloseable {
  /** What the process reads; closing it is the end of its input. */
  OutputStream stdin();

  /** What it writes; with a terminal, to both of its output streams. */
  InputStream stdout();

  /** What it writes to its standard error; empty with a terminal. */
  InputStream stderr();

  /** The machine's number of it. */
  int pid();

  /** Sets the size of the terminal; does nothing without one. */
  void resize(int columns, int rows);

  /**
   * Completes when the process has ended; its output may still wait to be read. On a thread of the
   * runtime, so that what depends on it must not wait there.
   */
  CompletionStage<Exit> exit();

  /** Ends the process the hard way. */
  void kill();

  /** Ends the process if it still runs, and closes its streams. */
  @Override
  void close();
}
