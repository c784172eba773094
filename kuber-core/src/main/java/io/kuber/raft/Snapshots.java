package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.raft.log.LogState;
import io.kuber.raft.log.Snapshot;
import io.kuber.raft.log.SnapshotFiles;
import io.kuber.raft.log.StoreDirectory;
import io.kuber.store.ImageCodec;
import io.kuber.store.Sealing;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images on the disk, from which a restart goes on instead of from the beginning of the log.
 *
 * <p>An image is immutable, so that writing it needs no pause: the applier hands it over, a loop
 * writes it to a file beside, and only the finished file gets the name that Ratis looks for.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final Path unfinished;
  private final long afterBytes;
  private final Sealing sealing;
  private final Loop loop;
  private final AtomicBoolean writing = new AtomicBoolean();
  private final CompletableFuture<Runnable> finished = new CompletableFuture<>();
  private Optional<Snapshot> inspected;
  private volatile @Nullable SingleFileSnapshotInfo written;
  private volatile @Nullable SingleFileSnapshotInfo told;
  private long bytes;

  /** {@code inspected} is the snapshot that was read and found whole before the log was opened. */
  Snapshots(
      Path unfinished, Optional<Snapshot> inspected, long afterBytes, Sealing sealing, Loop loop) {
    this.unfinished = unfinished;
    this.inspected = inspected;
    this.afterBytes = afterBytes;
    this.sealing = sealing;
    this.loop = loop;
  }

  /** {@code action} is called on the loop after every snapshot, to let the log be shortened. */
  void onFinished(Runnable action) {
    finished.complete(action);
  }

  void begin(RaftStorage raft) throws IOException {
    storage.init(raft);
    told = storage.getLatestSnapshot();
  }

  SimpleStateMachineStorage storage() {
    return storage;
  }

  /** The snapshot to begin with; empty when none was written yet. */
  Optional<Snapshot> first() {
    Optional<Snapshot> first = inspected;
    inspected = Optional.empty();
    return first;
  }

  /**
   * A snapshot that came from another peer: makes its files durable, which Ratis does not, and
   * reads it. Throws when it is not whole.
   */
  Snapshot received() throws IOException {
    SingleFileSnapshotInfo newest = storage.loadLatestSnapshot();
    if (newest == null) {
      throw new IOException("a snapshot was received, but it is not there");
    }
    told = newest;
    Path file = newest.getFile().getPath();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    StoreDirectory.syncName(file);
    return SnapshotFiles.read(file, sealing);
  }

  /**
   * The newest snapshot that Ratis was told of. It does not look for a newer one by itself: it
   * would not shorten the log behind a snapshot that it finds to have all that was applied.
   */
  @Nullable SingleFileSnapshotInfo latest() {
    return told;
  }

  /** Tells Ratis of the newest snapshot: its last entry. */
  long lastIndex() {
    SingleFileSnapshotInfo newest = written;
    if (newest != null) {
      told = storage.updateLatestSnapshot(newest);
    }
    SingleFileSnapshotInfo known = told;
    return known == null ? RaftLog.INVALID_LOG_INDEX : known.getIndex();
  }

  /** Called by the applier after every entry. */
  void applied(int entryBytes, TermIndex place, LogState state) {
    bytes += entryBytes;
    if (bytes >= afterBytes && writing.compareAndSet(false, true)) {
      bytes = 0;
      TreeImage image = state.image();
      byte[] sessions = state.sessions().toBytes();
      loop.execute(() -> write(image, sessions, place));
    }
  }

  private void write(TreeImage image, byte[] sessions, TermIndex place) {
    try {
      Path file = storage.getSnapshotFile(place.getTerm(), place.getIndex()).toPath();
      MD5Hash digest = writeUnfinished(image, sessions);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      MD5FileUtil.saveMD5File(file.toFile(), digest);
      StoreDirectory.syncName(file);
      written =
          new SingleFileSnapshotInfo(new FileInfo(file, digest), place.getTerm(), place.getIndex());
      LOG.info("wrote a snapshot of {} objects at revision {}", image.size(), image.revision());
      finished.join().run();
    } catch (IOException | RuntimeException e) {
      // The log still has everything; the next snapshot may succeed.
      LOG.error("could not write a snapshot at revision {}", image.revision(), e);
    } finally {
      writing.set(false);
    }
  }

  private MD5Hash writeUnfinished(TreeImage image, byte[] sessions) throws IOException {
    MessageDigest digest = MD5FileUtil.newMD5();
    try (FileChannel channel =
            FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(new SteadyStream(channel), digest)) {
      ImageCodec.write(image, sessions, sealing, out);
      channel.force(true);
    }
    return MD5Hash.newInstance(digest.digest());
  }
}
