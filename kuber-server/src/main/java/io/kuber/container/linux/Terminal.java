package io.kuber.container.linux;

import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What can be done with a terminal's master besides reading and writing. */
final class Terminal {
  private static final int WINSIZE_BYTES = 8;

  private Terminal() {}

  static void resize(Syscalls linux, int master, int columns, int rows) {
    byte[] size = new byte[WINSIZE_BYTES];
    ByteBuffer.wrap(size)
        .order(ByteOrder.nativeOrder())
        .putShort((short) rows)
        .putShort((short) columns);
    linux.ioctl(master, Uapi.TIOCSWINSZ, size);
  }
}
