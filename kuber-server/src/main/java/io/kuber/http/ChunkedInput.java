package io.kuber.http;

import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112, section 7.1); what trails it is read and dropped. One thread. */
public final class ChunkedInput extends InputStream {
  private static final int LINE_BYTES = 8 << 10;

  private final InputStream in;
  private CountedInput chunk;
  private boolean first = true;
  private boolean ended;

  /** Reads chunks from {@code in}, which is not closed, and nothing behind the last one. */
  public ChunkedInput(InputStream in) {
    this.in = in;
    this.chunk = new CountedInput(in, 0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ended && chunk.isDone()) {
      begin();
    }
    return ended ? -1 : chunk.read(buffer, offset, length);
  }

  private void begin() throws IOException {
    HeadLines lines = new HeadLines(in, LINE_BYTES);
    if (!first) {
      lines.next();
    }
    first = false;
    chunk = new CountedInput(in, length(lines.next()));
    if (chunk.isDone()) {
      ended = true;
      dropTrailer(lines);
    }
  }

  private static void dropTrailer(HeadLines lines) throws IOException {
    String line;
    do {
      line = lines.next();
    } while (!line.isEmpty());
  }

  private static long length(String line) throws IOException {
    int extension = line.indexOf(';');
    String digits = (extension < 0 ? line : line.substring(0, extension)).strip();
    if (!digits.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("malformed chunked encoding");
    }
    return Long.parseLong(digits, 16);
  }
}
