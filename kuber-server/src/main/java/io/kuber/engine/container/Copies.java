package io.kuber.engine.container;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Copies what is in a directory, with owners, modes and times; links stay links. */
final class Copies {
  private Copies() {}

  /**
   * Copies what is in one directory into another that is there.
   *
   * @throws IOException when something cannot be copied
   */
  static void tree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(directory));
            if (Files.isDirectory(target, NOFOLLOW_LINKS)) {
              Object owner = Files.getAttribute(directory, "unix:uid", NOFOLLOW_LINKS);
              Files.setAttribute(target, "unix:uid", owner);
              Files.setAttribute(target, "unix:gid", Files.getAttribute(directory, "unix:gid"));
              Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(directory));
            } else {
              Files.copy(directory, target, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file));
            Files.copy(file, target, COPY_ATTRIBUTES, NOFOLLOW_LINKS, REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
