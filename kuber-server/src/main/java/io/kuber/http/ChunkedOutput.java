package io.kuber.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A body in chunks (RFC 9112, section 7.1): each write is one chunk and goes out at once. Writers
 * take turns, so that any thread may write.
 */
public final class ChunkedOutput extends OutputStream {
  private static final byte[] LAST = "0\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);

  private final OutputStream out;
  private boolean isEnded;

  /** Writes chunks to {@code out}, which stays open behind the last one. */
  public ChunkedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] buffer, int offset, int length) throws IOException {
    if (isEnded) {
      throw new IOException("the body is complete already");
    }
    if (length == 0) {
      return;
    }
    byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(US_ASCII);
    byte[] chunk = new byte[size.length + length + LINE_END.length];
    System.arraycopy(size, 0, chunk, 0, size.length);
    System.arraycopy(buffer, offset, chunk, size.length, length);
    System.arraycopy(LINE_END, 0, chunk, size.length + length, LINE_END.length);
    out.write(chunk);
  }

  /** Completes the body. May be repeated. */
  @Override
  public synchronized void close() throws IOException {
    if (!isEnded) {
      isEnded = true;
      out.write(LAST);
    }
  }
}
