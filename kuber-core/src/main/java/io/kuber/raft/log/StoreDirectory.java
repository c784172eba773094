package io.kuber.raft.log;

import io.kuber.loop.Entropy;
import io.kuber.raft.log.Identity.Stage;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a store: a lock for one process at a time, an identity that says whether a log
 * must be there, the log itself, and a place for snapshots that are being written.
 */
public final class StoreDirectory implements AutoCloseable {
  private final Path directory;
  private final FileChannel lockFile;
  private final FileStore disk;
  private Identity identity;

  private StoreDirectory(Path directory, FileChannel lockFile, Identity identity)
      throws IOException {
    this.directory = directory;
    this.disk = Files.getFileStore(directory);
    this.lockFile = lockFile;
    this.identity = identity;
  }

  /**
   * Takes the directory, and makes it when there is none: for the cluster {@code joins}, or for one
   * of its own. Throws {@link StoreException} when another process has it.
   */
  public static StoreDirectory open(Path directory, @Nullable UUID joins, Entropy entropy)
      throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile = lock(directory);
    try {
      return new StoreDirectory(directory, lockFile, identify(directory, joins, entropy));
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  /** Takes a directory that has a log already. */
  public static StoreDirectory existing(Path directory) throws IOException {
    if (!Files.exists(identity(directory))) {
      throw new IOException("there is no store in " + directory);
    }
    FileChannel lockFile = lock(directory);
    try {
      return new StoreDirectory(directory, lockFile, Identity.read(identity(directory)));
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
    String owner = ProcessHandle.current().pid() + "\n";
    file.truncate(0);
    file.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
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

  private static Identity identify(Path directory, @Nullable UUID joins, Entropy entropy)
      throws IOException {
    Path file = identity(directory);
    Path log = log(directory);
    boolean fresh = !Files.exists(file);
    if (fresh && Files.exists(log)) {
      throw new DamageException(log + " has data, but " + file + " is missing");
    }
    Identity identity = fresh ? Identity.draw(joins, entropy) : Identity.read(file);
    if (identity.stage() == Stage.NEW) {
      return begin(directory, fresh ? identity : Identity.draw(joins, entropy));
    }
    if (joins != null && !joins.equals(identity.group())) {
      throw new IOException(
          directory
              + " belongs to another cluster than the one to join; choose another data directory,"
              + " or remove it if nothing in it is needed");
    }
    Path segments = log.resolve(identity.group().toString());
    if (!Files.isDirectory(segments)) {
      throw new DamageException("the log of this store is missing: no " + segments);
    }
    return identity;
  }

  /** A first start, perhaps not the first: none got far enough to acknowledge anything. */
  private static Identity begin(Path directory, Identity drawn) throws IOException {
    delete(log(directory));
    drawn.write(identity(directory));
    return drawn;
  }

  /** The log is made; from now on it must be there. */
  public void markMade(boolean joining) throws IOException {
    if (identity.stage() == Stage.NEW) {
      mark(joining ? Stage.JOINING : Stage.READY);
    }
  }

  /** This server is a member. */
  public void markReady() throws IOException {
    if (identity.stage() != Stage.READY) {
      mark(Stage.READY);
    }
  }

  private void mark(Stage stage) throws IOException {
    identity = identity.at(stage);
    identity.write(identity(directory));
  }

  /** Whether nothing was written into the log yet. */
  public boolean isNew() {
    return identity.stage() == Stage.NEW;
  }

  /** Whether this server is a member, so that it may begin to lead. */
  public boolean isMember() {
    return identity.stage() == Stage.READY;
  }

  /** What the log is called. */
  public UUID group() {
    return identity.group();
  }

  /** What this server is called in the log. */
  public String peer() {
    return identity.peer();
  }

  /** Where Ratis keeps its files. */
  public Path log() {
    return log(directory);
  }

  /** Where Ratis keeps the segments of the log. */
  public Path segments() {
    return log().resolve(group().toString()).resolve("current");
  }

  /** Where Ratis keeps snapshots. */
  public Path snapshots() {
    return log().resolve(group().toString()).resolve("sm");
  }

  /** The configuration that was in effect last, as Ratis writes it. */
  public Path configuration() {
    return segments().resolve("raft-meta.conf");
  }

  /** The file into which the next snapshot is written before it takes its place. */
  public Path unfinishedSnapshot() {
    return directory.resolve("snapshot.unfinished");
  }

  /** Where a damaged file is kept for whoever wants to look at it. */
  Path damaged(Path file) {
    return directory.resolve(file.getFileName() + ".damaged");
  }

  /** The file that keeps some space free. */
  public Path ballast() {
    return directory.resolve("ballast");
  }

  /** How much of the disk is left. */
  public long freeBytes() throws IOException {
    return disk.getUsableSpace();
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

  private static Path identity(Path directory) {
    return directory.resolve("identity");
  }

  /** Makes sure that the name of a file survives a power cut. */
  public static void syncName(Path file) throws IOException {
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
}
