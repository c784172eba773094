package io.kuber.container;

import java.nio.file.Path;

/** Something mounted into a container at an absolute path, which is made when it is missing. */
public sealed interface ContainerMount {
  /** Where in the container. */
  String target();

  /**
   * A file or directory of the machine, with all that is mounted below it.
   *
   * @param source has to exist
   */
  record Bind(Path source, String target, boolean readOnly) implements ContainerMount {}

  /**
   * An empty directory in memory.
   *
   * @param sizeBytes the most it holds; 0 is half of the machine's memory
   */
  record Tmpfs(String target, long sizeBytes) implements ContainerMount {}
}
