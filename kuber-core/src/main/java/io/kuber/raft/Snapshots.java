package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.store.ImageCodec;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
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
  private final Loop loop;
  private final Runnable finished;
  private final AtomicBoolean writing = new AtomicBoolean();
  private long bytes;

  /** {@code finished} is called on the loop after every snapshot, to let the log be shortened. */
  Snapshots(Path unfinished, long afterBytes, Loop loop, Runnable finished) {
    this.unfinished = unfinished;
    this.afterBytes = afterBytes;
    this.loop = loop;
    this.finished = finished;
  }

  /** An image, and the entry of the log that was applied last to it. */
  record Loaded(TreeImage image, TermIndex place) {}

  void begin(RaftStorage raft) throws IOException {
    storage.init(raft);
  }

  SimpleStateMachineStorage storage() {
    return storage;
  }

  /** The newest image, or null when none was written yet. */
  @Nullable Loaded load() throws IOException {
    SingleFileSnapshotInfo newest = storage.getLatestSnapshot();
    if (newest == null) {
      return null;
    }
    Path file = newest.getFile().getPath();
    try (InputStream in = Files.newInputStream(file)) {
      return new Loaded(
          ImageCodec.read(in),
          SimpleStateMachineStorage.getTermIndexFromSnapshotFile(file.toFile()));
    } catch (IOException e) {
      throw new IOException("cannot read the snapshot " + file + ": " + e.getMessage(), e);
    }
  }

  /** Makes a snapshot that came from another peer, whose files Ratis does not sync, durable. */
  void received() throws IOException {
    SingleFileSnapshotInfo newest = storage.loadLatestSnapshot();
    if (newest != null) {
      Path file = newest.getFile().getPath();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      StoreDirectory.syncName(file);
    }
  }

  /** The last entry that is in a finished snapshot. */
  long lastIndex() {
    SingleFileSnapshotInfo newest = storage.getLatestSnapshot();
    return newest == null ? RaftLog.INVALID_LOG_INDEX : newest.getIndex();
  }

  /** Called by the applier after every entry. */
  void applied(int entryBytes, TermIndex place, TreeImage image) {
    bytes += entryBytes;
    if (bytes >= afterBytes && writing.compareAndSet(false, true)) {
      bytes = 0;
      loop.execute(() -> write(image, place));
    }
  }

  private void write(TreeImage image, TermIndex place) {
    try {
      Path file = storage.getSnapshotFile(place.getTerm(), place.getIndex()).toPath();
      MD5Hash digest = writeUnfinished(image);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      MD5FileUtil.saveMD5File(file.toFile(), digest);
      StoreDirectory.syncName(file);
      storage.updateLatestSnapshot(
          new SingleFileSnapshotInfo(
              new FileInfo(file, digest), place.getTerm(), place.getIndex()));
      LOG.info("wrote a snapshot of {} objects at revision {}", image.size(), image.revision());
      finished.run();
    } catch (IOException | RuntimeException e) {
      // The log still has everything; the next snapshot may succeed.
      LOG.error("could not write a snapshot at revision {}", image.revision(), e);
    } finally {
      writing.set(false);
    }
  }

  private MD5Hash writeUnfinished(TreeImage image) throws IOException {
    MessageDigest digest = MD5FileUtil.newMD5();
    try (FileChannel channel =
            FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
      ImageCodec.write(image, out);
      channel.force(true);
    }
    return MD5Hash.newInstance(digest.digest());
  }
}
