package io.kuber.raft;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.common.base.Throwables;
import io.kuber.loop.Loops;
import io.kuber.raft.log.EntryCodec;
import io.kuber.raft.log.LogEntry.Piece;
import io.kuber.raft.log.StoreDirectory;
import io.kuber.store.Sealing;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** An image as the first entries of a log. */
final class Seeding {
  /** The largest value of all fits on top. */
  private static final int PIECE_BYTES = 1 << 20;

  private static final int FRAME_BYTES = 200;
  private static final long SECONDS_PER_PIECE = 30;

  private final TreeImage image;
  private final Sealing sealing;
  private final Iterator<Stored> objects;
  private boolean begun;

  private Seeding(TreeImage image, Sealing sealing) {
    this.image = image;
    this.sealing = sealing;
    this.objects = image.all();
  }

  /** See {@link RaftStore#seed}: all of it appears in the directory, or nothing. */
  static void seed(RaftConfig config, Loops loops, TreeImage image) {
    Path target = config.directory().toAbsolutePath();
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try {
      if (!isEmpty(target) || !isEmpty(unfinished)) {
        throw new StoreException(
            "there is something in "
                + (isEmpty(target) ? unfinished : target)
                + " already; choose another data directory, or remove it",
            false);
      }
      try (RaftStore store = RaftStore.open(config.alone(unfinished), loops)) {
        new Seeding(image, config.sealing()).write(store.log());
      }
      Files.deleteIfExists(target);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      StoreDirectory.syncName(target);
    } catch (IOException e) {
      throw new StoreException("cannot write " + target + ": " + e.getMessage(), false, e);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private void write(RatisLog log) throws IOException {
    while (hasNext()) {
      try {
        log.append(log.self(), next()).toCompletableFuture().get(SECONDS_PER_PIECE, SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException(String.valueOf(Throwables.getRootCause(e).getMessage()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  /** Whether more is to be written. */
  private boolean hasNext() {
    return !begun || objects.hasNext();
  }

  /** The next entry. */
  private byte[] next() {
    List<Stored> piece = new ArrayList<>();
    int bytes = 0;
    while (objects.hasNext() && bytes < PIECE_BYTES) {
      Stored stored = objects.next();
      bytes += stored.kept().length + FRAME_BYTES;
      piece.add(stored);
    }
    boolean first = !begun;
    begun = true;
    return EntryCodec.encode(new Piece(first, image.revision(), piece), bytes, sealing);
  }
}
