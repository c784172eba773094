package io.kuber.raft;

import java.time.Duration;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread with which Ratis drops segments of its log from memory.
 *
 * <p>Ratis 3.3.0 ends it while it holds the lock of the log ({@code SegmentedRaftLog.close}), for
 * which that thread waits whenever a segment was rolled just before: by a full segment, or by the
 * first entry of a new leader, as at every stop with a hand-over. Neither would ever go on. So it
 * is ended before, while nobody holds the lock.
 */
final class CacheEviction {
  private static final Logger LOG = LoggerFactory.getLogger(CacheEviction.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String NAME = "-cacheEviction-";

  private CacheEviction() {}

  /** Ends the thread of one member and waits for that, within bounds. */
  static void end(RaftGroupMemberId member) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(member + NAME)) {
        end(thread);
      }
    }
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("{} does not end", thread.getName());
    }
  }
}
