package io.kuber.engine;

import io.kuber.container.ContainerMount;
import io.kuber.container.OutputSink;
import io.kuber.container.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the commands of a Dockerfile, each in a container that is gone afterwards. */
public interface StepRunner {
  /**
   * Runs one command to its end, on the default network. Blocks; may be interrupted, which ends the
   * command.
   *
   * @param layers of the root file system, topmost first
   * @param mounts further ones
   * @param network {@code bridge}, {@code host} or {@code none}
   * @param output gets what it writes
   * @param outcome is handed the exit code and the directory that holds what was written on top of
   *     the layers, as overlayfs leaves it; the directory is gone once this returns
   * @throws EngineException when the command cannot be executed
   */
  <T> T run(
      List<Path> layers,
      List<ContainerMount> mounts,
      ProcessSpec process,
      String network,
      OutputSink output,
      Outcome<T> outcome)
      throws IOException, InterruptedException;

  /** What becomes of a step. */
  @FunctionalInterface
  interface Outcome<T> {
    /** Takes what a step has left. */
    T take(int exitCode, Path changes) throws IOException;
  }
}
