package io.kuber.container;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A container that was started. */
public interface Container {
  String id();

  /** What runs in it. */
  ProcessSpec process();

  /** The machine's number of its first process. */
  int pid();

  Instant startedAt();

  /** The machine's numbers of all its processes. */
  List<Integer> processes();

  /**
   * Completes when the first process has ended and all output has been handed over; on a thread of
   * the runtime, so that what depends on it must not wait there.
   */
  CompletionStage<Exit> exit();

  /** Sends a signal to the first process; does nothing once that has ended. */
  void signal(int signal);

  /**
   * Starts another process in the container, with the container's rights and limits.
   *
   * @throws ContainerStartException when it cannot be executed or the container has ended
   */
  ContainerProcess exec(ProcessSpec process);

  /** What can be typed into the container; closed from the beginning without {@code stdin}. */
  OutputStream stdin();

  /** Also hands what the container writes from now on to a sink, until the result is closed. */
  Attachment attach(OutputSink sink);

  /** Sets the size of the terminal; does nothing without one. */
  void resize(int columns, int rows);

  /**
   * Changes what the container may use, without a restart. What kills it when memory runs out stays
   * as it was.
   *
   * @throws ContainerException when the machine refuses, for example less memory than is in use
   */
  void limit(Resources resources);

  /**
   * Holds up all of its processes, or lets them go on. Signals wait until then, but for what kills.
   *
   * @throws ContainerException when the machine cannot do it
   */
  void pause(boolean held);

  /** What the container has used so far and uses now. */
  Usage usage();

  /** Where all is kept that the container wrote outside its mounts, if that is a directory. */
  default Optional<Path> writableLayer() {
    return Optional.empty();
  }

  /** Ends what still runs, and removes files and control groups. Does nothing the second time. */
  void remove();

  /** A sink that is attached. */
  interface Attachment extends AutoCloseable {
    @Override
    void close();
  }
}
