package io.kuber.node.volume;

import java.nio.file.Path;
import java.util.List;

/** A volume as it is on the machine. */
sealed interface Made {
  /** Whether containers may never write to it. */
  boolean readOnly();

  /** A directory or file of the machine. */
  record Place(Path path, boolean readOnly) implements Made {}

  /** A block device of the machine, without a file system that the node knows of. */
  record Device(Path path, boolean readOnly) implements Made {}

  /** Directories that lie over each other, topmost first. */
  record Layers(List<Path> layers) implements Made {
    public Layers {
      layers = List.copyOf(layers);
    }

    @Override
    public boolean readOnly() {
      return true;
    }
  }
}
