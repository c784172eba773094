package io.kuber.cli.docker;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command reads and writes. Containers write bytes, so that these are no readers and writers
 * of text.
 *
 * @param ofProcess whether they are the process's own, behind which there may be a terminal
 */
record Streams(InputStream in, PrintStream out, PrintStream err, boolean ofProcess) {
  /** Those of the process. */
  static Streams own() {
    return new Streams(System.in, System.out, System.err, true);
  }

  /** These; text goes out as UTF-8. */
  static Streams of(InputStream in, OutputStream out, OutputStream err) {
    return new Streams(
        in,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false);
  }
}
