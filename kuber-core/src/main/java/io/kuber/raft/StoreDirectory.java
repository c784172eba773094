package io.kuber.raft;

import io.kuber.loop.Entropy;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The directory of a store: a lock for one process at a time, an identity that says whether a log
 * must be there, the log itself, and a place for snapshots that are being written.
 *
 * <p>The identity is ours, because Ratis takes an empty directory for a new one: a log that went
 * missing would come back as an empty cluster.
 */
final class StoreDirectory implements AutoCloseable {
  /** Below this much free space no more writes are taken, while what is there can still be read. */
  private static final long LEAST_FREE_BYTES = 64L << 20;

  private static final String FORMAT = "kuber-store 1";
  private static final String NEW = "new";
  private static final String READY = "ready";

  private final Path directory;
  private final FileChannel lockFile;
  private final UUID group;

  private StoreDirectory(Path directory, FileChannel lockFile, UUID group) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.group = group;
  }

  /** Takes the directory; throws {@link StoreException} when another process has it. */
  static StoreDirectory open(Path directory, Entropy entropy) throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile = lock(directory);
    try {
      return new StoreDirectory(directory, lockFile, identify(directory, entropy));
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    Path path = directory.resolve("lock");
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!tryLock(file)) {
      file.close();
      String owner = Files.readString(path).trim();
      throw new StoreException(
          directory
              + " is in use by another kuber (pid "
              + (owner.isEmpty() ? "unknown" : owner)
              + "); stop it, or choose another data directory",
          false);
    }
    file.truncate(0);
    file.write(bytes(ProcessHandle.current().pid() + "\n"), 0);
    return file;
  }

  private static boolean tryLock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static UUID identify(Path directory, Entropy entropy) throws IOException {
    Path identity = directory.resolve("identity");
    Path log = log(directory);
    boolean fresh = !Files.exists(identity);
    List<String> lines =
        fresh ? List.of(FORMAT, entropy.uuid().toString(), NEW) : Files.readAllLines(identity);
    if (lines.size() != 3 || !lines.get(0).equals(FORMAT)) {
      throw new IOException(identity + " is damaged or of a newer kuber; restore it from a backup");
    }
    UUID group = UUID.fromString(lines.get(1));
    if (fresh && Files.exists(log)) {
      throw new IOException(
          log + " has data, but " + identity + " is missing; restore it from a backup");
    }
    if (lines.get(2).equals(READY) && !Files.isDirectory(log.resolve(group.toString()))) {
      throw new IOException(
          "the log of this store is missing: no "
              + log.resolve(group.toString())
              + "; restore it from a backup, or remove "
              + directory
              + " to begin anew");
    }
    if (lines.get(2).equals(NEW)) {
      // The first start did not get far enough to acknowledge anything.
      delete(log);
      write(identity, lines);
    }
    return group;
  }

  /** From now on the log must be there. */
  void markReady() throws IOException {
    write(directory.resolve("identity"), List.of(FORMAT, group.toString(), READY));
  }

  /** What the log is called. */
  UUID group() {
    return group;
  }

  /** What this server is called in the log. */
  String peer() {
    return "kuber-1";
  }

  /** Where Ratis keeps its files. */
  Path log() {
    return log(directory);
  }

  /** Where Ratis keeps the segments of the log. */
  Path segments() {
    return log().resolve(group.toString()).resolve("current");
  }

  /** The file into which the next snapshot is written before it takes its place. */
  Path unfinishedSnapshot() {
    return directory.resolve("snapshot.unfinished");
  }

  /** Whether too little space is left to take more writes. */
  boolean isNearlyFull() throws IOException {
    return Files.getFileStore(directory).getUsableSpace() < LEAST_FREE_BYTES;
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  /** Gives the directory back. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private static Path log(Path directory) {
    return directory.resolve("log");
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (FileChannel out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(bytes(String.join("\n", lines) + "\n"));
      out.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncName(file);
  }

  /** Makes sure that the name of a file survives a power cut. */
  static void syncName(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
