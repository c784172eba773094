package io.kuber.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** So many bytes of another stream; that it ends before them is a failure. For one thread. */
final class CountedInput extends InputStream {
  private final InputStream in;
  private long left;

  CountedInput(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0 || length == 0) {
      return left == 0 ? -1 : 0;
    }
    int count = in.read(buffer, offset, (int) Math.min(left, length));
    if (count < 0) {
      throw new EOFException("unexpected EOF");
    }
    left -= count;
    return count;
  }

  /** Whether all of them have been read. */
  boolean isDone() {
    return left == 0;
  }
}
