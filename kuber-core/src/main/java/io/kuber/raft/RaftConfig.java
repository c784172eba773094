package io.kuber.raft;

import io.kuber.store.Sealing;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RaftStore} needs to know.
 *
 * @param directory where log and snapshots live; made when missing, owned by one process at a time
 * @param faults told when the store cannot go on
 * @param readyWithin how long opening may take, mostly for replaying the log
 * @param snapshotAfterBytes how much is applied before the next snapshot is written
 * @param logLimits how much of the log stays
 * @param compareEvery how often the members compare their images, if those have changed
 * @param sealing how values are encrypted on the disk
 * @param peering how to meet other servers; null for a server that is alone
 */
public record RaftConfig(
    Path directory,
    FaultHandler faults,
    Duration readyWithin,
    long snapshotAfterBytes,
    LogLimits logLimits,
    Duration compareEvery,
    Sealing sealing,
    @Nullable Peering peering) {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final long SNAPSHOT_AFTER_BYTES = 64L << 20;
  private static final Duration COMPARE_EVERY = Duration.ofMinutes(1);

  /** The usual settings on a directory, for a server that is alone. */
  public static RaftConfig of(Path directory, FaultHandler faults) {
    return new RaftConfig(
        directory,
        faults,
        READY_WITHIN,
        SNAPSHOT_AFTER_BYTES,
        LogLimits.USUAL,
        COMPARE_EVERY,
        Sealing.NONE,
        null);
  }

  /** The same with a snapshot after that many applied bytes. */
  public RaftConfig withSnapshotAfterBytes(long bytes) {
    return new RaftConfig(
        directory, faults, readyWithin, bytes, logLimits, compareEvery, sealing, peering);
  }

  /** The same with another limit on opening. */
  public RaftConfig withReadyWithin(Duration limit) {
    return new RaftConfig(
        directory, faults, limit, snapshotAfterBytes, logLimits, compareEvery, sealing, peering);
  }

  /** The same with other limits on the log. */
  public RaftConfig withLogLimits(LogLimits limits) {
    return new RaftConfig(
        directory, faults, readyWithin, snapshotAfterBytes, limits, compareEvery, sealing, peering);
  }

  /** The same with comparisons at another interval. */
  public RaftConfig withCompareEvery(Duration interval) {
    return new RaftConfig(
        directory, faults, readyWithin, snapshotAfterBytes, logLimits, interval, sealing, peering);
  }

  /** The same with values that are encrypted on the disk. */
  public RaftConfig withSealing(Sealing seals) {
    return new RaftConfig(
        directory,
        faults,
        readyWithin,
        snapshotAfterBytes,
        logLimits,
        compareEvery,
        seals,
        peering);
  }

  /** The same for a server that is alone, with its data elsewhere. */
  RaftConfig alone(Path elsewhere) {
    return new RaftConfig(
        elsewhere, faults, readyWithin, snapshotAfterBytes, logLimits, compareEvery, sealing, null);
  }

  /** The same for a server that has peers, or may get some. */
  public RaftConfig withPeering(Peering peers) {
    return new RaftConfig(
        directory,
        faults,
        readyWithin,
        snapshotAfterBytes,
        logLimits,
        compareEvery,
        sealing,
        peers);
  }
}
