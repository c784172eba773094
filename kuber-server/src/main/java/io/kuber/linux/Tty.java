package io.kuber.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The terminal of a descriptor: how large it is, and what it makes of what is typed. */
public final class Tty {
  private static final int SIZE_BYTES = 8;

  private final Syscalls kernel;
  private final int descriptor;

  /** The terminal behind an open descriptor of this process, if it is one. */
  public Tty(Syscalls kernel, int descriptor) {
    this.kernel = kernel;
    this.descriptor = descriptor;
  }

  /** Rows and columns of characters. */
  public record Size(int rows, int columns) {}

  /** What a terminal was told to do until it is closed. */
  public interface Mode extends AutoCloseable {
    /** Gives the terminal back its earlier mode; may be repeated. */
    @Override
    void close();
  }

  /** Whether the descriptor is a terminal at all. */
  public boolean isThere() {
    return size().isPresent();
  }

  /** How large it is; empty when it is no terminal. */
  public Optional<Size> size() {
    byte[] size = new byte[SIZE_BYTES];
    try {
      kernel.ioctl(descriptor, Uapi.TIOCGWINSZ, size);
    } catch (SyscallException e) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(size).order(ByteOrder.nativeOrder());
    return Optional.of(
        new Size(Short.toUnsignedInt(fields.getShort(0)), Short.toUnsignedInt(fields.getShort(2))));
  }

  /**
   * Hands over every key as it is typed, and shows nothing by itself.
   *
   * @throws SyscallException when it is no terminal
   */
  public Mode raw() {
    return change(Termios::raw);
  }

  /**
   * Does not show what is typed, as for a password.
   *
   * @throws SyscallException when it is no terminal
   */
  public Mode silent() {
    return change(Termios::silent);
  }

  private interface Change {
    Termios of(Termios before);
  }

  private Mode change(Change change) {
    byte[] bytes = new byte[Termios.BYTES];
    kernel.ioctl(descriptor, Uapi.TCGETS, bytes);
    Termios before = new Termios(bytes);
    kernel.ioctl(descriptor, Uapi.TCSETS, change.of(before).bytes());
    return () -> kernel.ioctl(descriptor, Uapi.TCSETS, before.bytes());
  }
}
