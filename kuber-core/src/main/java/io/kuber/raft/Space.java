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
 * Watches the free space of the disk. While little is left no more writes are taken, and reads go
 * on, linearizable ones too, whose barriers are small; a file of ballast makes sure that the store
 * can still be opened on a full disk.
 *
 * <p>Owner thread: the patrol's loop; anybody may ask for the refusal.
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
  private volatile boolean nearlyFull;
  private volatile boolean full;

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
    return (barrier ? full : nearlyFull)
        ? Optional.of("the disk of " + directory + " is nearly full; free some space")
        : Optional.empty();
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
      full = free < LEAST_FREE_FOR_READS;
      boolean little = free < LEAST_FREE_BYTES;
      if (little != nearlyFull) {
        nearlyFull = little;
        LOG.warn("{}: {} bytes free, writes {}", directory, free, little ? "stop" : "go on");
      }
      if (free > BALLAST_FREE_BYTES && !Files.exists(directory.ballast())) {
        layIn(directory.ballast());
      }
    } catch (IOException e) {
      LOG.warn("cannot see how much space is left for {}", directory, e);
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
