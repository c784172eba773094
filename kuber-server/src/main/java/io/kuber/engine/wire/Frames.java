package io.kuber.engine.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * What containers without a terminal write, both streams on one connection: each piece behind eight
 * bytes, which are the stream, three zeros and the length (Engine API, "Attach to a container").
 */
public final class Frames {
  /** Standard output. */
  public static final int STDOUT = 1;

  /** Standard error. */
  public static final int STDERR = 2;

  private static final int HEADER_BYTES = 8;
  private static final int COPY_BYTES = 32 << 10;

  private Frames() {}

  /**
   * One stream of a connection. Each write is one frame in one piece, so that the streams of a
   * connection may be written by different threads if its own writes are whole, as those of {@link
   * Call#answerStream} and {@link Call#hijack} are when {@code out} locks.
   *
   * @param out the connection, which is the lock and is left open by closing this
   */
  public static OutputStream stream(OutputStream out, int stream) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        if (length > 0) {
          byte[] frame = frame(stream, buffer, offset, length);
          synchronized (out) {
            out.write(frame);
            out.flush();
          }
        }
      }
    };
  }

  private static byte[] frame(int stream, byte[] buffer, int offset, int length) {
    return ByteBuffer.allocate(HEADER_BYTES + length)
        .put((byte) stream)
        .put(new byte[3])
        .putInt(length)
        .put(buffer, offset, length)
        .array();
  }

  /**
   * Takes frames apart until they end.
   *
   * @throws IOException when they end in the middle, or are none
   */
  public static void copy(InputStream in, OutputStream stdout, OutputStream stderr)
      throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    for (byte[] header = in.readNBytes(HEADER_BYTES);
        header.length > 0;
        header = in.readNBytes(HEADER_BYTES)) {
      if (header.length < HEADER_BYTES) {
        throw new EOFException("the output ends in the middle of a frame");
      }
      if (header[0] < 0 || header[0] > STDERR) {
        throw new IOException("unrecognized stream: " + header[0]);
      }
      OutputStream out = header[0] == STDERR ? stderr : stdout;
      long left = ByteBuffer.wrap(header).getInt(4) & 0xffffffffL;
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new EOFException("the output ends in the middle of a frame");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
      out.flush();
    }
  }
}
