package io.kuber.node.stats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files that the kernel makes up, whose size it says is 0. {@link Files#readString} then
 * begins with a single byte, after which a file of {@code /proc/sys} has come to its end.
 */
final class KernelFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private KernelFile() {}

  static String read(Path file) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream input = Files.newInputStream(file)) {
      for (int count = input.read(buffer); count > 0; count = input.read(buffer)) {
        all.write(buffer, 0, count);
      }
    }
    return all.toString(StandardCharsets.US_ASCII);
  }
}
