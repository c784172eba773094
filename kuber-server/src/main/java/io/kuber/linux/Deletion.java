package io.kuber.linux;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a directory and all in it. It follows no link and goes into no other file system: what a
 * server or a container has mounted there is not the node's to delete.
 */
public final class Deletion extends SimpleFileVisitor<Path> {
  private final Object device;

  private Deletion(Object device) {
    this.device = device;
  }

  /**
   * Deletes a directory; does nothing when it is not there.
   *
   * @throws IOException when something stays, such as what is still mounted
   */
  public static void of(Path tree) throws IOException {
    try {
      Files.walkFileTree(tree, new Deletion(device(tree)));
    } catch (NoSuchFileException gone) {
      // Somebody else was faster; it is gone all the same.
    }
  }

  /** Deletes a directory that has nothing in it; does nothing when it has, or is not there. */
  public static void ofEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException used) {
      // Whatever is in it belongs to somebody who still needs it.
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
