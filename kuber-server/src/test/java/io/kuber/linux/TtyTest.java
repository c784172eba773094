package io.kuber.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/**
 * Modes of a terminal, on one that nobody sits at; its near end has the same mode as its far end.
 */
final class TtyTest {
  private static final int ECHO = 0x8;
  private static final int ICANON = 0x2;
  private static final int LOCAL = 12;

  private final Syscalls kernel = Syscalls.linux();

  private int localFlags(int descriptor) {
    byte[] bytes = new byte[Termios.BYTES];
    kernel.ioctl(descriptor, Uapi.TCGETS, bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(LOCAL);
  }

  @Test
  void modesAreGivenBack() {
    int terminal = kernel.open("/dev/ptmx", Uapi.O_RDWR | Uapi.O_NOCTTY, 0);
    try {
      Tty tty = new Tty(kernel, terminal);
      int before = localFlags(terminal);
      assertThat(before & (ECHO | ICANON)).isEqualTo(ECHO | ICANON);
      try (Tty.Mode raw = tty.raw()) {
        assertThat(raw).isNotNull();
        assertThat(localFlags(terminal) & (ECHO | ICANON)).isZero();
      }
      assertThat(localFlags(terminal)).isEqualTo(before);
      try (Tty.Mode silent = tty.silent()) {
        assertThat(silent).isNotNull();
        assertThat(localFlags(terminal) & (ECHO | ICANON)).isEqualTo(ICANON);
      }
      assertThat(localFlags(terminal)).isEqualTo(before);
    } finally {
      kernel.close(terminal);
    }
  }

  @Test
  void sizesAreThoseOfTheTerminal() {
    int terminal = kernel.open("/dev/ptmx", Uapi.O_RDWR | Uapi.O_NOCTTY, 0);
    try {
      byte[] size = new byte[8];
      ByteBuffer.wrap(size)
          .order(ByteOrder.nativeOrder())
          .putShort((short) 33)
          .putShort((short) 99);
      kernel.ioctl(terminal, Uapi.TIOCSWINSZ, size);
      assertThat(new Tty(kernel, terminal).size()).contains(new Tty.Size(33, 99));
    } finally {
      kernel.close(terminal);
    }
    int file = kernel.open("/dev/null", Uapi.O_RDONLY, 0);
    try {
      assertThat(new Tty(kernel, file).isThere()).isFalse();
    } finally {
      kernel.close(file);
    }
  }
}
