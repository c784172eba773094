package io.kuber.container.linux;

import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import java.io.IOException;
import java.io.OutputStream;

/** Writes to a descriptor, at once and completely. Any thread may write and close. */
final class DescriptorOutput extends OutputStream {
  private final Syscalls linux;
  private final int descriptor;
  private boolean closed;

  /** A negative descriptor makes a stream that is closed from the beginning. */
  DescriptorOutput(Syscalls linux, int descriptor) {
    this.linux = linux;
    this.descriptor = descriptor;
    this.closed = descriptor < 0;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the input of the process is closed");
    }
    try {
      for (int done = 0; done < length; ) {
        done += linux.write(descriptor, bytes, offset + done, length - done);
      }
    } catch (SyscallException e) {
      throw new IOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      linux.close(descriptor);
    }
  }
}
