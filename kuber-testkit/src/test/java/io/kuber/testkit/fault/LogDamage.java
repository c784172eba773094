package io.kuber.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Damages the files of a store that is not open. */
final class LogDamage {
  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;

  private final Path directory;

  LogDamage(Path directory) {
    this.directory = directory;
  }

  /** The files of the store whose names are like this, in the order of their names. */
  List<Path> files(String pattern) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.getFileName().toString().matches(pattern))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The segment that was being written. */
  Path open() {
    return files("log_inprogress_\\d+").get(0);
  }

  /** Where the entries of a segment begin, and where the last one ends. */
  static List<Integer> entries(Path segment) {
    byte[] content = read(segment);
    ByteBuffer bytes = ByteBuffer.wrap(content).position(HEADER_BYTES);
    List<Integer> starts = new ArrayList<>();
    while (bytes.hasRemaining() && bytes.get(bytes.position()) != 0) {
      starts.add(bytes.position());
      int length = length(bytes);
      bytes.position(bytes.position() + length + CHECKSUM_BYTES);
    }
    starts.add(bytes.position());
    return starts;
  }

  private static int length(ByteBuffer bytes) {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      byte digit = bytes.get();
      length |= (digit & 0x7f) << shift;
      if (digit >= 0) {
        return length;
      }
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void flip(Path file, long position, int bit) {
    write(file, position, new byte[] {(byte) (read(file)[(int) position] ^ (1 << bit))});
  }

  static void write(Path file, long position, byte[] bytes) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), position);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
