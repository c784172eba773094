package io.kuber.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that is put aside once it is large, with as many {@link Backups} as are wanted.
 * Owned by whoever writes, one at a time.
 */
final class RotatingFile implements LogBackend.Lines {
  private final Path file;
  private final long mostBytes;
  private final Backups backups;
  private final InstantSource clock;
  private @Nullable FileChannel channel;

  /** Where the last line that is whole ends. */
  private long size;

  /**
   * Opens the file, or begins it; its directory is made.
   *
   * @param mostBytes beyond which it is put aside
   */
  RotatingFile(Path file, long mostBytes, Backups backups, InstantSource clock) throws IOException {
    this.file = file;
    this.mostBytes = mostBytes;
    this.backups = backups;
    this.clock = clock;
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    open();
  }

  /** For its owner alone: events may show what only few may see. */
  private FileChannel open() throws IOException {
    FileChannel opened =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    size = opened.size();
    channel = opened;
    return opened;
  }

  /**
   * Writes a line. What is left of a line that could not be written whole is taken away again, so
   * that the file never holds half an event.
   */
  @Override
  public void write(byte[] line) throws IOException {
    FileChannel to = channel == null ? open() : channel;
    if (size > 0 && size + line.length + 1 > mostBytes) {
      to = putAside(to);
    }
    ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
    try {
      long position = size;
      while (bytes.hasRemaining()) {
        position += to.write(bytes, position);
      }
      size = position;
    } catch (IOException full) {
      to.truncate(size);
      throw full;
    }
  }

  private FileChannel putAside(FileChannel old) throws IOException {
    old.close();
    channel = null;
    backups.take(file, clock.instant());
    return open();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
