package io.kuber.container;

import java.nio.file.Path;
import java.util.List;

/** Something mounted into a container at an absolute path, which is made when it is missing. */
public sealed interface ContainerMount {
  /** Where in the container. */
  String target();

  /** What a container may do to the files behind a mount. */
  enum Access {
    READ_WRITE,
    /** It may not write, but to what is mounted below it may, where that is writable itself. */
    READ_ONLY,
    /** It may not write, nor to what is mounted below. */
    RECURSIVELY_READ_ONLY
  }

  /** Whether mounts that are made later on one side appear on the other (core/v1 VolumeMount). */
  enum Propagation {
    NONE,
    HOST_TO_CONTAINER,
    BIDIRECTIONAL
  }

  /**
   * A file or directory of the machine, with all that is mounted below it.
   *
   * @param source has to exist, and is trusted: links in it are followed
   * @param part of the source, a relative path that is mounted in its place; directories that are
   *     missing are made. Containers may write to the source, so the part is not trusted: what
   *     leads out of the source is refused, also when links are exchanged meanwhile. Empty for all
   */
  record Bind(Path source, String part, String target, Access access, Propagation propagation)
      implements ContainerMount {
    /** All of the source, private to the container. */
    public Bind(Path source, String target, boolean readOnly) {
      this(
          source,
          "",
          target,
          readOnly ? Access.RECURSIVELY_READ_ONLY : Access.READ_WRITE,
          Propagation.NONE);
    }

    /** Whether the container may not write to it. */
    public boolean readOnly() {
      return access != Access.READ_WRITE;
    }
  }

  /**
   * Directories of the machine laid over each other, read-only.
   *
   * @param layers topmost first
   * @param part a relative path in them that is mounted in their place; empty for all
   */
  record Layers(List<Path> layers, String part, String target) implements ContainerMount {
    /** Copies the list. */
    public Layers {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("no layers to mount at " + target);
      }
    }
  }

  /**
   * A block device of the machine, which the container may use, whatever its rights.
   *
   * @param readOnly whether it may only read
   */
  record Device(Path source, String target, boolean readOnly) implements ContainerMount {}

  /**
   * An empty directory in memory.
   *
   * @param sizeBytes the most it holds; 0 is half of the machine's memory
   * @param mode who may do what with the directory
   * @param executable whether programs in it may be executed
   */
  record Tmpfs(String target, long sizeBytes, int mode, boolean executable)
      implements ContainerMount {
    private static final int FOR_ALL = 01777;

    /** One that everybody may use. */
    public Tmpfs(String target, long sizeBytes) {
      this(target, sizeBytes, FOR_ALL, true);
    }
  }
}
