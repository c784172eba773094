package io.kuber.raft;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a {@link RaftStore} needs to know.
 *
 * @param directory where log and snapshots live; made when missing, owned by one process at a time
 * @param faults told when the store cannot go on
 * @param readyWithin how long opening may take, mostly for replaying the log
 * @param snapshotAfterBytes how much is applied before the next snapshot is written
 */
public record RaftConfig(
    Path directory, FaultHandler faults, Duration readyWithin, long snapshotAfterBytes) {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final long SNAPSHOT_AFTER_BYTES = 64L << 20;

  /** The usual settings on a directory. */
  public static RaftConfig of(Path directory, FaultHandler faults) {
    return new RaftConfig(directory, faults, READY_WITHIN, SNAPSHOT_AFTER_BYTES);
  }

  /** The same with a snapshot after that many applied bytes. */
  public RaftConfig withSnapshotAfterBytes(long bytes) {
    return new RaftConfig(directory, faults, readyWithin, bytes);
  }
}
