package io.kuber.engine.system;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;

/**
 * What takes room on the disk. Builds keep their steps as images, so that there is no cache besides
 * them.
 *
 * @param images {@code LayersSize} and {@code Images}
 * @param containers with {@code SizeRw} and {@code SizeRootFs}
 * @param volumes with {@code UsageData}
 */
public record DiskParts(Part<Tree> images, Part<Items> containers, Part<Items> volumes) {
  /** Measures one kind of things. For any thread; may take as long as reading all directories. */
  @FunctionalInterface
  public interface Part<T> {
    /** All of them, now. */
    T measure() throws IOException;
  }

  /** {@code /system/df}. */
  Tree tree() throws IOException {
    return images
        .measure()
        .with("Containers", containers.measure())
        .with("Volumes", volumes.measure())
        .with("BuildCache", Items.EMPTY);
  }
}
