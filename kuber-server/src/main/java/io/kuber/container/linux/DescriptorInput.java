package io.kuber.container.linux;

import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a descriptor. One thread reads; any thread may close, and the reader notices within {@link
 * #NOTICE_MILLIS}.
 */
final class DescriptorInput extends InputStream {
  static final int NOTICE_MILLIS = 100;

  private static final int FIONREAD = 0x541B;

  private final Syscalls linux;
  private final int descriptor;
  private volatile boolean closed;
  private boolean released;

  DescriptorInput(Syscalls linux, int descriptor) {
    this.linux = linux;
    this.descriptor = descriptor;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (!closed && !linux.awaitReadable(descriptor, NOTICE_MILLIS)) {}
      if (closed) {
        throw new IOException("the stream is closed");
      }
      int count = linux.read(descriptor, into, offset, length);
      return count == 0 ? -1 : count;
    } catch (SyscallException e) {
      if (e.is(Errno.EIO)) {
        return -1; // A terminal that nobody has open any more.
      }
      throw new IOException(e);
    }
  }

  /** What the kernel has ready: nothing at the end of the stream, or once it is closed. */
  @Override
  public synchronized int available() throws IOException {
    if (closed) {
      return 0;
    }
    byte[] count = new byte[Integer.BYTES];
    try {
      linux.ioctl(descriptor, FIONREAD, count);
      return ByteBuffer.wrap(count).order(ByteOrder.nativeOrder()).getInt();
    } catch (SyscallException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    release();
  }

  private synchronized void release() {
    if (!released) {
      released = true;
      linux.close(descriptor);
    }
  }
}
