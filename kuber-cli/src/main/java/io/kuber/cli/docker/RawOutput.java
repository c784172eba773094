package io.kuber.cli.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes that are for somebody's eyes as they come. */
final class RawOutput {
  private static final int BUFFER = 32 << 10;

  private RawOutput() {}

  /** Copies to the end; each piece goes out as it comes. */
  static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }
}
