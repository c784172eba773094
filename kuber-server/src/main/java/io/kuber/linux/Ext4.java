package io.kuber.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** What mounted file systems of type ext4 can do beyond others. */
public final class Ext4 {
  /** The block size of file systems that {@link #grow} takes; mkfs.ext4 is told so. */
  public static final int BLOCK_BYTES = 4096;

  /** {@code EXT4_IOC_RESIZE_FS}, with the number of blocks that the file system is to have. */
  private static final long RESIZE = 0x40086610L;

  private Ext4() {}

  /**
   * Lets a file system grow while it is mounted; nothing happens if it has that size.
   *
   * @param mounted where it is, writable
   * @param bytes how large it is to be, and its device is already
   */
  public static void grow(Syscalls linux, Path mounted, long bytes) {
    ByteBuffer blocks = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    blocks.putLong(0, bytes / BLOCK_BYTES);
    int opened = linux.open(mounted.toString(), Uapi.O_RDONLY | Uapi.O_DIRECTORY, 0);
    try {
      linux.ioctl(opened, RESIZE, blocks.array());
    } finally {
      linux.close(opened);
    }
  }
}
