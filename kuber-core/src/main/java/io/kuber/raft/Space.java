package io.kuber.raft;

import io.kuber.raft.log.StoreDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the free space of the disk. While little is left no more writes are taken from clients,
 * and reads go on, linearizable ones too, whose barriers are small; while next to nothing is left
 * nothing is taken from the leader either. A file of ballast makes sure that the store can still be
 * opened on a full disk.
 *
 * <p>The patrol's loop looks; anybody may ask for a refusal.
 */
final class Space {
  /** Below this much free space no more writes are taken. */
  static final long LEAST_FREE_BYTES = 64L << 20;

  /** Below this much not even the barriers of linearizable reads, which are small, are taken. */
  static final long LEAST_FREE_FOR_READS = LEAST_FREE_BYTES / 4;

  /** Ballast is laid in only where this much is left beside it. */
  private static final long BALLAST_FREE_BYTES = 4 * LEAST_FREE_BYTES;

  /** Enough for a segment of the log that Ratis allocates, and for the files beside it. */
  private static final int BALLAST_BYTES = 16 << 20;

  private static final int BLOCK_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Space.class);

  private final StoreDirectory directory;
  private final Disk disk;
  private volatile Level level = Level.PLENTY;

  /** How much is left, and what that means. */
  private enum Level {
    PLENTY("takes everything"),
    LITTLE("takes no writes while it leads"),
    NOTHING("takes no writes, and follows nobody until there is space");

    final String effect;

    Level(String effect) {
      this.effect = effect;
    }

    static Level of(long free) {
      if (free < LEAST_FREE_FOR_READS) {
        return NOTHING;
      }
      return free < LEAST_FREE_BYTES ? LITTLE : PLENTY;
    }
  }

  /** What is asked about the disk. */
  @FunctionalInterface
  interface Disk {
    /** How much of it is left. */
    long freeBytes() throws IOException;
  }

  Space(StoreDirectory directory) {
    this(directory, directory::freeBytes);
  }

  Space(StoreDirectory directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  /** Why no writes, or no barriers, are taken; empty when they are. */
  Optional<String> refusal(boolean barrier) {
    Level now = level;
    return now == Level.NOTHING || (now == Level.LITTLE && !barrier)
        ? Optional.of("the disk of " + directory + " is nearly full; free some space")
        : Optional.empty();
  }

  /**
   * Why nothing is taken from the leader. Asks the disk itself: what comes from the leader has to
   * be written, and a disk can fill up between two looks.
   */
  Optional<String> refusalOfEntries() {
    try {
      note(disk.freeBytes());
    } catch (IOException e) {
      LOG.debug("cannot see how much space is left for {}", directory, e);
    }
    return refusal(true);
  }

  /** Before the store is opened: gives up the ballast when there is too little space without it. */
  void makeRoom() throws IOException {
    if (disk.freeBytes() < LEAST_FREE_BYTES && Files.deleteIfExists(directory.ballast())) {
      LOG.warn("the disk of {} is nearly full; dropped the ballast to open it", directory);
    }
  }

  /** Called regularly. */
  void look() {
    try {
      long free = disk.freeBytes();
      note(free);
      if (free > BALLAST_FREE_BYTES && !Files.exists(directory.ballast())) {
        layIn(directory.ballast());
      }
    } catch (IOException e) {
      LOG.warn("cannot see how much space is left for {}", directory, e);
    }
  }

  private synchronized void note(long free) {
    Level now = Level.of(free);
    if (now != level) {
      level = now;
      LOG.warn("{} bytes are left for {}: this server {}", free, directory, now.effect);
    }
  }

  /** Written block by block: a file with a hole in it would keep nothing free. */
  private static void layIn(Path ballast) throws IOException {
    try (FileChannel file =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int written = 0; written < BALLAST_BYTES; ) {
        written += file.write(ByteBuffer.allocate(BLOCK_BYTES));
      }
    }
  }
}
