package io.kuber.node.volume;

import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a disk: {@code disk}, a file with holes, and {@code size}, which says how much of
 * it the file system was given. What stands under either name is whole, whenever somebody is
 * killed.
 *
 * @param directory of the volume
 */
record DiskFile(Path directory) {
  private static final Logger LOG = LoggerFactory.getLogger(DiskFile.class);
  private static final int READ_WRITE_FOR_OWNER = 0600;

  Path path() {
    return directory.resolve("disk");
  }

  boolean isThere() {
    return Files.exists(path(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Its size, or -1 where there is none. */
  long bytes() throws IOException {
    return isThere() ? Files.size(path()) : -1;
  }

  /** How much the file system was given; 0 without one. */
  long filled() throws IOException {
    Path file = directory.resolve("size");
    return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
  }

  /** Notes how much the file system was given. */
  void fill(long bytes) throws IOException {
    Path next = directory.resolve("size.next");
    Files.writeString(next, bytes + "\n");
    Files.move(next, directory.resolve("size"), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Makes the file, with a file system where the disk is not raw.
   *
   * @throws VolumeException when the machine can make none
   */
  void make(Disk disk) throws IOException {
    tellRoom(disk);
    Path half = directory.resolve("half");
    Files.deleteIfExists(half);
    try {
      resize(half, disk.bytes());
      if (!disk.raw()) {
        FileSystems.make(half);
        fill(disk.bytes());
      }
      Files.move(half, path(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** Makes the file larger. */
  void extend(Disk disk) {
    tellRoom(disk);
    resize(path(), disk.bytes());
  }

  private static void resize(Path file, long bytes) {
    Syscalls linux = Syscalls.linux();
    int opened = linux.open(file.toString(), Uapi.O_RDWR | Uapi.O_CREAT, READ_WRITE_FOR_OWNER);
    try {
      linux.truncate(opened, bytes);
    } finally {
      linux.close(opened);
    }
  }

  /** A file with holes may promise more than there is; whoever keeps the machine has to know. */
  private void tellRoom(Disk disk) {
    long available = Syscalls.linux().statfs(directory.toString()).available();
    if (available < disk.bytes()) {
      LOG.warn(
          "volume {} is to hold {} bytes, and this node's disk has {} left",
          disk.name(),
          disk.bytes(),
          available);
    }
  }
}
