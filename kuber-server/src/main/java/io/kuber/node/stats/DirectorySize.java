package io.kuber.node.stats;

import io.kuber.linux.FileCalls.Extent;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.node.stats.FileUse.Taken;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts what a directory takes on the disk, as {@code du} does: blocks rather than lengths, and a
 * file with several names once. Files that vanish meanwhile count nothing. Owned by one thread.
 */
public final class DirectorySize extends SimpleFileVisitor<Path> {
  /** A directory with more files than this is large enough, however large it is. */
  private static final long MOST_FILES = 1_000_000;

  private final Syscalls linux;
  private final Set<Long> linked = new HashSet<>();
  private Taken taken = Taken.NOTHING;

  private DirectorySize(Syscalls linux) {
    this.linux = linux;
  }

  /**
   * What a directory takes; nothing when it is not there.
   *
   * @throws IOException when it cannot be read
   */
  public static Taken of(Syscalls linux, Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Taken.NOTHING;
    }
    DirectorySize size = new DirectorySize(linux);
    Files.walkFileTree(directory, size);
    return size.taken;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return count(directory);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    return count(file);
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException vanished) {
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException vanished) {
    return FileVisitResult.CONTINUE;
  }

  private FileVisitResult count(Path path) {
    try {
      Extent extent = linux.statx(path.toString());
      if (extent.links() < 2 || linked.add(extent.inode())) {
        taken = taken.plus(new Taken(extent.bytes(), 1));
      }
    } catch (SyscallException vanished) {
      // It takes nothing any more.
    }
    return taken.files() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }
}
