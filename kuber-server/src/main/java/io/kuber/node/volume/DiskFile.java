package io.kuber.node.volume;

import io.kuber.linux.DurableFiles;
import io.kuber.linux.FileCalls.Room;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

  /** How much the file system was given; 0 without one, or where nobody knows any more. */
  long filled() throws IOException {
    Path file = directory.resolve("size");
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Notes how much the file system was given. */
  void fill(long bytes) throws IOException {
    DurableFiles.write(
        directory.resolve("size"),
        (bytes + "\n").getBytes(StandardCharsets.UTF_8),
        directory.resolve("size.next"));
  }

  /**
   * Makes the file, with a file system where the disk is not raw.
   *
   * @throws VolumeException when the machine can make none, or never has so much
   */
  void make(Disk disk) throws IOException {
    if (!mayHold(disk.bytes())) {
      throw new VolumeException(
          "its disk is to hold %d bytes, and that of this node has %d altogether"
              .formatted(disk.bytes(), room().capacity()));
    }
    tellRoom(disk);
    Path half = directory.resolve("half");
    Files.deleteIfExists(half);
    try {
      resize(half, disk.bytes());
      if (!disk.raw()) {
        FileSystems.make(half);
        fill(disk.bytes());
      }
      DurableFiles.rename(half, path());
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

  /**
   * Whether this machine's disk could hold so much if it were empty. Of what is larger, the file
   * system's own tables alone could fill it.
   */
  boolean mayHold(long bytes) {
    return bytes <= room().capacity();
  }

  private Room room() {
    return Syscalls.linux().statfs(directory.toString());
  }

  /** A file with holes may promise more than there is; whoever keeps the machine has to know. */
  private void tellRoom(Disk disk) {
    long available = room().available();
    if (available < disk.bytes()) {
      LOG.warn(
          "volume {} is to hold {} bytes, and this node's disk has {} left",
          disk.name(),
          disk.bytes(),
          available);
    }
  }
}
