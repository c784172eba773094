package io.kuber.controller.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long to wait before a failed pod is replaced: twice as long after each failure in a row.
 *
 * <p>Read from the pods themselves, so that a controller that starts anew waits as long as the one
 * before it would have; upstream keeps the number in memory.
 */
final class FailureBackoff {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Ten seconds doubled so often are longer than the longest. */
  private static final int MAX_DOUBLINGS = 6;

  private FailureBackoff() {}

  /** What is left to wait for a job whose failures all count together. */
  static Duration left(List<JobPod> pods, Instant now) {
    Instant success =
        pods.stream()
            .filter(JobPod::succeeded)
            .map(JobPod::finishedAt)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    List<Instant> failures =
        pods.stream()
            .filter(JobPod::failed)
            .map(JobPod::finishedAt)
            .filter(end -> end.isAfter(success))
            .sorted()
            .toList();
    return failures.isEmpty()
        ? Duration.ZERO
        : left(failures.size(), failures.get(failures.size() - 1), now);
  }

  /** What is left to wait for an index whose last pod this is. */
  static Duration left(JobPod last, Instant now) {
    long failures = last.failuresBefore() + last.ignoredFailuresBefore() + 1;
    return left(failures, last.finishedAt(), now);
  }

  private static Duration left(long failures, Instant last, Instant now) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    Duration wait = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    Duration left = Duration.between(now, last.plus(wait));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
