package io.kuber.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Directories that nobody but their owner enters, so that nothing in them has to be hidden on its
 * own: keys, the log, and what containers and images have, where a program may make who runs it
 * root.
 */
public final class PrivateDirectory {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateDirectory() {}

  /**
   * Makes a directory and all above it that are missing, and closes this one to others if it was
   * open.
   *
   * @return the same path
   * @throws IOException when it cannot be made, or belongs to somebody else
   */
  public static Path make(Path path) throws IOException {
    makeIfMissing(path);
    if (!Files.getPosixFilePermissions(path).equals(OWNER)) {
      Files.setPosixFilePermissions(path, OWNER);
    }
    return path;
  }

  /**
   * Makes a directory, and all above it, where they are missing; one that is there stays as it is.
   *
   * @return the same path
   * @throws IOException when it cannot be made
   */
  public static Path makeIfMissing(Path path) throws IOException {
    return Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER));
  }
}
