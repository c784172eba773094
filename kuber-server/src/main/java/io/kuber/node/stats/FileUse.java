package io.kuber.node.stats;

import io.kuber.linux.FileCalls.Room;

/**
 * Room of a file system, and what somebody takes of it (stats/v1alpha1 FsStats).
 *
 * @param used bytes
 * @param inodesUsed files and directories
 */
public record FileUse(
    long capacity, long available, long used, long inodes, long inodesFree, long inodesUsed) {
  static final FileUse NONE = new FileUse(0, 0, 0, 0, 0, 0);

  /** All of a file system. */
  static FileUse of(Room room) {
    return new FileUse(
        room.capacity(),
        room.available(),
        room.capacity() - room.free(),
        room.files(),
        room.filesFree(),
        room.files() - room.filesFree());
  }

  /** So much of this file system. */
  FileUse taken(Taken taken) {
    return new FileUse(capacity, available, taken.bytes(), inodes, inodesFree, taken.files());
  }

  /** What a directory takes, all below it included. */
  public record Taken(long bytes, long files) {
    public static final Taken NOTHING = new Taken(0, 0);

    Taken plus(Taken other) {
      return new Taken(bytes + other.bytes, files + other.files);
    }
  }
}
