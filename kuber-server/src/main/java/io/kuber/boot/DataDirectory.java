package io.kuber.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a server keeps everything that lasts. */
final class DataDirectory {
  private DataDirectory() {}

  /**
   * Makes the directory where it is missing.
   *
   * @throws StartException when it cannot be used
   */
  static void make(Path directory) throws StartException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StartException(
          "cannot use the data directory "
              + directory
              + ": "
              + e
              + "; choose another with --data-dir");
    }
    if (!Files.isWritable(directory)) {
      throw new StartException("cannot write to " + directory + "; choose another with --data-dir");
    }
  }
}
