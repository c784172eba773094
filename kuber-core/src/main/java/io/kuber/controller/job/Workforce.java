package io.kuber.controller.job;

import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods a job that goes on lets go, or takes on; never both at once (upstream: manageJob in
 * pkg/controller/job/job_controller.go).
 *
 * @param dismissed active pods that have to go, and do not count as failed
 * @param indexes one for each new pod; {@link JobPod#NO_INDEX} where indexes mean nothing
 * @param pause how long the next pod has to wait for the back-off; zero for not at all
 */
record Workforce(List<JobPod> dismissed, List<Long> indexes, Duration pause) {
  /** Pods that one plan makes or deletes (upstream: MaxPodCreateDeletePerSync). */
  static final int MAX_PODS_PER_PLAN = 500;

  /** Those without a finalizer first: nobody would notice how they end. */
  private static final Comparator<JobPod> LEAST_MISSED_FIRST =
      Comparator.comparing(JobPod::tracked)
          .thenComparing(pod -> !Pods.nodeName(pod.pod()).isEmpty())
          .thenComparing(pod -> !Pods.phase(pod.pod()).equals("Pending"))
          .thenComparing(pod -> Pods.isReady(pod.pod()))
          .thenComparing(
              pod -> Pods.readySince(pod.pod()).orElse(Instant.EPOCH), Comparator.reverseOrder())
          .thenComparing(pod -> -Pods.maxRestarts(pod.pod()))
          .thenComparing(pod -> pod.pod().createdAt(), Comparator.reverseOrder())
          .thenComparing(JobPod::uid);

  static Workforce of(Census census, Instant now) {
    JobSpec spec = census.spec();
    long active = census.active().size();
    long wanted = spec.suspended() ? 0 : wanted(census);
    List<JobPod> dismissed = dismissed(census, Math.max(0, active - wanted));
    if (!dismissed.isEmpty()) {
      int most = spec.suspended() ? dismissed.size() : MAX_PODS_PER_PLAN;
      return new Workforce(
          dismissed.subList(0, Math.min(most, dismissed.size())), List.of(), Duration.ZERO);
    }
    long leaving = spec.replacesOnlyFailed() ? census.terminating() : 0;
    long missing = Math.min(wanted - active - leaving, MAX_PODS_PER_PLAN);
    return missing > 0
        ? hired(census, missing, now)
        : new Workforce(List.of(), List.of(), Duration.ZERO);
  }

  private static long wanted(Census census) {
    JobSpec spec = census.spec();
    if (spec.completions().isEmpty()) {
      return census.succeeded() > 0 ? census.active().size() : spec.parallelism();
    }
    long left = spec.completions().getAsLong() - census.succeeded();
    return Math.max(0, Math.min(left, spec.parallelism()));
  }

  /** At least so many, and all that have no index to work on or share one. */
  private static List<JobPod> dismissed(Census census, long least) {
    List<JobPod> dismissed = new ArrayList<>();
    List<JobPod> kept = new ArrayList<>(census.active());
    kept.sort(LEAST_MISSED_FIRST);
    if (census.spec().indexed()) {
      Collections.reverse(kept);
      Map<Long, JobPod> best = new HashMap<>();
      for (JobPod pod : kept) {
        if (!pod.isValidFor(census.spec()) || best.putIfAbsent(pod.index(), pod) != null) {
          dismissed.add(pod);
        }
      }
      kept.removeAll(dismissed);
      Collections.reverse(kept);
    }
    while (dismissed.size() < least) {
      dismissed.add(kept.remove(0));
    }
    return dismissed;
  }

  private static Workforce hired(Census census, long missing, Instant now) {
    JobSpec spec = census.spec();
    if (census.failedIndexes().isPresent()) {
      return hiredForIndexes(census, pending(census, missing), now);
    }
    Duration wait = FailureBackoff.left(census.pods(), now);
    if (!wait.isZero()) {
      return new Workforce(List.of(), List.of(), wait);
    }
    List<Long> indexes =
        spec.indexed()
            ? pending(census, missing)
            : Collections.nCopies((int) missing, JobPod.NO_INDEX);
    return new Workforce(List.of(), indexes, Duration.ZERO);
  }

  /** Each index waits for itself. */
  private static Workforce hiredForIndexes(Census census, List<Long> pending, Instant now) {
    List<Long> ready = new ArrayList<>();
    Duration shortest = Duration.ZERO;
    for (long index : pending) {
      JobPod last = census.delayed().get(index);
      Duration wait = last == null ? Duration.ZERO : FailureBackoff.left(last, now);
      if (wait.isZero()) {
        ready.add(index);
      } else if (shortest.isZero() || wait.compareTo(shortest) < 0) {
        shortest = wait;
      }
    }
    return new Workforce(List.of(), ready, shortest);
  }

  private static List<Long> pending(Census census, long count) {
    JobSpec spec = census.spec();
    IndexSet taken = census.completed().or(Census.indexes(census.active()));
    if (spec.replacesOnlyFailed()) {
      taken =
          taken.or(Census.indexes(census.pods().stream().filter(JobPod::isTerminating).toList()));
    }
    return taken
        .or(census.failedIndexes().orElse(IndexSet.EMPTY))
        .lowestMissing(count, spec.indexBound());
  }
}
