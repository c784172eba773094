package io.kuber.boot;

import io.kuber.linux.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a server keeps everything that lasts. */
final class DataDirectory {
  private DataDirectory() {}

  /**
   * Makes the directory where it is missing, for nobody but its owner. One that is there is the
   * owner's to close: what is kuber's alone below it is closed in any case.
   *
   * @throws StartException when it cannot be used
   */
  static void make(Path directory) throws StartException {
    make(directory, PrivateDirectory::makeIfMissing);
  }

  /**
   * Makes what is kuber's alone, and closes it to others.
   *
   * @throws StartException when it cannot be used
   */
  static void makeInside(Path directory) throws StartException {
    make(directory, PrivateDirectory::make);
  }

  private static void make(Path directory, Making making) throws StartException {
    try {
      making.make(directory);
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

  /** One way to make a directory. */
  private interface Making {
    Path make(Path directory) throws IOException;
  }
}
