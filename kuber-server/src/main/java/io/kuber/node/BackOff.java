package io.kuber.node;

import java.time.Duration;
import java.time.Instant;

/**
 * The waits of one container before it is started again: none after the first end, then ten
 * seconds, doubled each time up to five minutes (pkg/kubelet, MaxCrashLoopBackOff). Immutable.
 *
 * @param notBefore when it may be started again
 * @param next how long the next wait is; zero before the first end
 */
record BackOff(Instant notBefore, Duration next) {
  /** The first wait that is one. */
  static final Duration FIRST = Duration.ofSeconds(10);

  static final Duration LONGEST = Duration.ofMinutes(5);

  /** A container that ran longer than this is treated as if it had never ended. */
  private static final Duration FORGIVEN_AFTER = LONGEST.multipliedBy(2);

  /** Nothing has gone wrong yet. */
  static final BackOff NONE = new BackOff(Instant.EPOCH, Duration.ZERO);

  /** After an end of a container that ran from {@code start}. */
  BackOff afterEnd(Instant start, Instant end) {
    boolean forgiven = Duration.between(start, end).compareTo(FORGIVEN_AFTER) > 0;
    return next.isZero() || forgiven
        ? new BackOff(end, FIRST)
        : new BackOff(end.plus(next), doubled(next));
  }

  /** After a failure to start, which is waited for from the first time on. */
  BackOff afterFailure(Instant now) {
    Duration wait = next.isZero() ? FIRST : next;
    return new BackOff(now.plus(wait), doubled(wait));
  }

  private static Duration doubled(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }
}
