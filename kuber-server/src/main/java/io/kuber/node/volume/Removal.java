package io.kuber.node.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a directory that volumes were mounted in. It follows no link and goes into no other file
 * system: what a server or a container has mounted there is not the node's to delete.
 */
final class Removal extends SimpleFileVisitor<Path> {
  private final Object device;

  private Removal(Object device) {
    this.device = device;
  }

  /** Unmounts what is below the directory, and deletes it. */
  static void of(Path directory, VolumeMounts mounts) {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      mounts.unmountAll(directory.toRealPath());
      Files.walkFileTree(directory, new Removal(device(directory)));
    } catch (IOException e) {
      throw new VolumeException("the volumes in " + directory + " cannot be removed: " + e);
    }
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    if (!device(directory).equals(device)) {
      throw new IOException(directory + " is still mounted");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.delete(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    Files.delete(directory);
    return FileVisitResult.CONTINUE;
  }
}
