package io.kuber.raft;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.LeaderElection;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.RetryCache;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/**
 * All settings of Ratis that matter, said explicitly: several defaults lose data or hundreds of
 * megabytes of heap, and defaults may change.
 */
final class RatisSettings {
  /** The largest log entry that Ratis takes. */
  static final int MAX_ENTRY_BYTES = 8 << 20;

  /** How long one call to another server may take. */
  static final TimeDuration CALL_LIMIT = TimeDuration.valueOf(3, TimeUnit.SECONDS);

  /** Ratis writes length and checksum beside the entry into the same buffer. */
  private static final int ENTRY_FRAME_BYTES = 8;

  private static final int PREALLOCATED_BYTES = 4 << 20;
  private static final int CACHED_SEGMENTS = 2;

  private static final int SNAPSHOTS_KEPT = 2;

  /** Entries that are dropped at least, when any are. */
  private static final int MAX_PURGE_GAP = 1_024;

  /**
   * How long a leader waits, attempt by attempt, until it tries to reach a member again. With the
   * default it takes up to eight seconds to find one that was started again, and after a thousand
   * attempts none waits any more.
   */
  private static final String PAUSES = "1ms,10, 100ms,50, 500ms," + Integer.MAX_VALUE;

  private static final TimeDuration NEVER = TimeDuration.valueOf(365, TimeUnit.DAYS);

  private RatisSettings() {}

  /** The settings of a server that is the only member, as far as it knows. */
  static RaftProperties alone(Path storage, LogLimits limits) {
    RaftProperties settings = common(storage, limits);
    // A single peer has nobody to wait for.
    Rpc.setFirstElectionTimeoutMin(settings, millis(5));
    Rpc.setFirstElectionTimeoutMax(settings, millis(10));
    RaftConfigKeys.Rpc.setType(settings, new SoloRpc());
    // After a long pause a leader steps down, and a longer one closes the server: right among
    // peers, pointless alone.
    RaftServerConfigKeys.setSleepDeviationThreshold(settings, NEVER);
    RaftServerConfigKeys.setCloseThreshold(settings, NEVER);
    return settings;
  }

  /** The settings of a server with an address for peers. {@code others}: whether it has any. */
  static RaftProperties peered(Path storage, LogLimits limits, boolean others) {
    RaftProperties settings = common(storage, limits);
    // Quick, because before it asks for votes a server asks whether a leader is missed at all.
    Rpc.setFirstElectionTimeoutMin(settings, millis(others ? 300 : 5));
    Rpc.setFirstElectionTimeoutMax(settings, millis(others ? 600 : 10));
    RaftServerConfigKeys.setSleepDeviationThreshold(settings, millis(5_000));
    RaftServerConfigKeys.setCloseThreshold(settings, millis(60_000));
    LeaderElection.setPreVote(settings, true);
    // A second server is as many as there were before it; it counts once it has caught up.
    LeaderElection.setMemberMajorityAdd(settings, true);
    RaftClientConfigKeys.Rpc.setRequestTimeout(settings, CALL_LIMIT);
    return settings;
  }

  private static RaftProperties common(Path storage, LogLimits limits) {
    RaftProperties settings = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(settings, List.of(new File(storage.toString())));
    log(settings, limits);
    snapshots(settings, limits);
    // Shorter ones lose leadership on a busy machine.
    Rpc.setTimeoutMin(settings, millis(1_000));
    Rpc.setTimeoutMax(settings, millis(2_000));
    RetryCache.setExpiryTime(settings, millis(2_000));
    return settings;
  }

  private static void log(RaftProperties settings, LogLimits limits) {
    // Acknowledging before the sync ends would lose data; these two are off by default and stay so.
    Log.setAsyncFlushEnabled(settings, false);
    Log.setUnsafeFlushEnabled(settings, false);
    Log.setCorruptionPolicy(settings, Log.CorruptionPolicy.EXCEPTION);
    // Its own entry per commit, synced, for a hint that a restart does not need.
    Log.setLogMetadataEnabled(settings, false);
    Log.setReadLockEnabled(settings, false);
    Log.setForceSyncNum(settings, 512);
    Log.setSegmentSizeMax(settings, SizeInBytes.valueOf(limits.segmentBytes()));
    Log.setPreallocatedSize(
        settings, SizeInBytes.valueOf(Math.min(PREALLOCATED_BYTES, limits.segmentBytes())));
    Log.setSegmentCacheNumMax(settings, CACHED_SEGMENTS);
    Log.setSegmentCacheSizeMax(
        settings, SizeInBytes.valueOf((long) CACHED_SEGMENTS * limits.segmentBytes()));
    Log.Appender.setRetryPolicy(settings, PAUSES);
    // By default a leader rests for a millisecond between two messages to a member, and the news
    // that an entry is committed is one: a write that comes then waits. What is many is batched
    // before it comes to the log.
    Log.Appender.setWaitTimeMin(settings, TimeDuration.ZERO);
    Log.Appender.setBufferByteLimit(settings, SizeInBytes.valueOf(MAX_ENTRY_BYTES));
    // A snapshot travels in pieces of that size.
    Log.Appender.setSnapshotChunkSizeMax(settings, SizeInBytes.valueOf(limits.segmentBytes()));
    Log.setWriteBufferSize(settings, SizeInBytes.valueOf(MAX_ENTRY_BYTES + ENTRY_FRAME_BYTES));
  }

  private static void snapshots(RaftProperties settings, LogLimits limits) {
    // ReplicatedMachine writes snapshots by itself, without stopping the log.
    Snapshot.setAutoTriggerEnabled(settings, false);
    Snapshot.setTriggerWhenStopEnabled(settings, false);
    Snapshot.setRetentionFileNum(settings, SNAPSHOTS_KEPT);
    // Not only up to what the slowest member has: it gets a snapshot.
    Log.setPurgeUptoSnapshotIndex(settings, true);
    Log.setPurgePreservationLogNum(settings, limits.entriesKept());
    Log.setPurgeGap(settings, Math.min(MAX_PURGE_GAP, limits.entriesKept()));
  }

  private static TimeDuration millis(long millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }
}
