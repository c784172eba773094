package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files through which the kernel tells and is told: {@code /proc}, {@code /sys}. */
final class KernelFiles {
  private static final int MOST_BYTES = 1 << 20;

  private KernelFiles() {}

  /**
   * The content without surrounding space, at most a mebibyte of it. Reads in large pieces: some
   * files of {@code /proc/sys} end after the first read, and {@code Files.readString} reads one
   * byte first.
   */
  static String read(Path file) throws IOException {
    byte[] buffer = new byte[1 << 14];
    StringBuilder content = new StringBuilder();
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      int count = in.read(buffer);
      while (count > 0 && content.length() < MOST_BYTES) {
        content.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        count = in.read(buffer);
      }
    }
    return content.toString().strip();
  }

  /** The content, or the given text when the file is not there or does not let itself be read. */
  static String readOr(Path file, String otherwise) {
    try {
      return read(file);
    } catch (IOException e) {
      return otherwise;
    }
  }

  static void write(Path file, String value) {
    try {
      Files.writeString(file, value, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new ContainerException("cannot write '" + value + "' to " + file + ": " + e, e);
    }
  }

  /** Writes where the kernel may lack the file or this root the right, and says whether it went. */
  static boolean tryWrite(Path file, String value) {
    try {
      Files.writeString(file, value, StandardOpenOption.WRITE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
