package io.kuber.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Files and directories that are complete under their name, whenever the machine stops. */
public final class DurableFiles {
  private DurableFiles() {}

  /**
   * Writes a file under its name, or leaves the one that was there.
   *
   * @param unfinished where it is until then, on the same file system
   */
  public static void write(Path file, byte[] content, Path unfinished) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    rename(unfinished, file);
  }

  /** Gives something complete its name; both on the same file system. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(Objects.requireNonNull(to.getParent(), "what is renamed is in a directory"));
  }

  /** Waits until the names in a directory are on the disk. */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
