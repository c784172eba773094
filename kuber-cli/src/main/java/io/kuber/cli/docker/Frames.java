package io.kuber.cli.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * What a container without a terminal writes: pieces, each behind eight bytes that say to which
 * stream it belongs and how long it is.
 */
final class Frames {
  private static final int HEAD = 8;
  private static final int STDERR = 2;
  private static final int BUFFER = 32 << 10;

  private Frames() {}

  /** Copies to its end; each piece goes out as it comes. */
  static void split(InputStream in, OutputStream out, OutputStream err) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (byte[] head = in.readNBytes(HEAD); head.length > 0; head = in.readNBytes(HEAD)) {
      if (head.length < HEAD) {
        throw new EOFException("the container's output ends in the middle of a piece");
      }
      long left = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(4));
      OutputStream to = head[0] == STDERR ? err : out;
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException("the container's output ends in the middle of a piece");
        }
        to.write(buffer, 0, count);
        left -= count;
      }
      to.flush();
    }
  }

  /** Copies what a terminal shows, which is one stream. */
  static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }
}
