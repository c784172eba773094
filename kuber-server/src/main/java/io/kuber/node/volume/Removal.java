package io.kuber.node.volume;

import io.kuber.linux.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Removes a directory that volumes were mounted in, and nothing of what was mounted. */
final class Removal {
  private Removal() {}

  /** Unmounts what is below the directory, and deletes it. */
  static void of(Path directory, VolumeMounts mounts) {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      mounts.unmountAll(directory.toRealPath());
      Deletion.of(directory);
    } catch (IOException e) {
      throw new VolumeException("the volumes in " + directory + " cannot be removed: " + e);
    }
  }
}
