package io.kuber.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** A segment of the log as a file in which a test does damage. */
final class Segments {
  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;

  private final Path file;
  private final List<Long> entries = new ArrayList<>();

  private Segments(Path file) throws IOException {
    this.file = file;
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).position(HEADER_BYTES);
    while (bytes.hasRemaining() && bytes.get(bytes.position()) != 0) {
      entries.add((long) bytes.position());
      int length = length(bytes);
      bytes.position(bytes.position() + length + CHECKSUM_BYTES);
    }
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

  /** The open segment below a directory. */
  static Segments open(Path directory) throws IOException {
    return new Segments(find(directory, "log_inprogress_\\d+").get(0));
  }

  /** Turns a segment that a clean stop has closed into one that is open, with room behind it. */
  static void closedToOpen(Path directory) throws IOException {
    for (Path closed : find(directory, "log_\\d+-\\d+")) {
      String start = closed.getFileName().toString().split("[_-]")[1];
      Path open = closed.resolveSibling("log_inprogress_" + start);
      Files.move(closed, open);
      new Segments(open).overwrite(Files.size(open), new byte[1 << 16]);
    }
  }

  /** Files of the log by their names; those that Ratis removes meanwhile are passed over. */
  static List<Path> find(Path directory, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        directory.resolve("log"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().matches(pattern)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return found;
  }

  /** The place in the log of the first entry of a closed segment. */
  static long first(Path closed) {
    return Long.parseLong(closed.getFileName().toString().split("[_-]")[1]);
  }

  int entries() {
    return entries.size();
  }

  long entry(int index) {
    return entries.get(index);
  }

  void overwrite(long position, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), position);
    }
  }
}
