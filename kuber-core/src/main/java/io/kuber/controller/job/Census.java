package io.kuber.controller.job;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Pods;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a job and its pods stand now. Immutable.
 *
 * @param active the pods that run or will
 * @param succeeded pods (or indexes) that have succeeded, those not yet counted included
 * @param failed likewise, without failures that the job's policy ignores
 * @param recorded indexes that the status says have succeeded
 * @param completed those and the ones that have succeeded since
 * @param failedIndexes indexes that have failed for good; empty where indexes have no limit
 * @param delayed the failed pods, by index, that keep their finalizer until they are replaced,
 *     because their replacements have to know how often the index failed
 */
record Census(
    JobSpec spec,
    List<JobPod> pods,
    List<JobPod> active,
    Set<String> uncountedSucceeded,
    Set<String> uncountedFailed,
    long succeeded,
    long failed,
    IndexSet recorded,
    IndexSet completed,
    Optional<IndexSet> failedIndexes,
    Map<Long, JobPod> delayed) {

  static Census of(KubeObject job, List<KubeObject> objects) {
    JobSpec spec = JobSpec.of(job);
    Tree status = job.status();
    List<JobPod> pods =
        objects.stream()
            .map(pod -> JobPod.of(pod, spec))
            .sorted(Comparator.comparingLong(JobPod::index))
            .toList();
    List<JobPod> active = pods.stream().filter(JobPod::isActive).toList();
    Set<String> wereSucceeded = uncounted(status, "succeeded");
    Set<String> wereFailed = uncounted(status, "failed");
    List<JobPod> fresh =
        fresh(pods, spec, pod -> pod.succeeded() && !wereSucceeded.contains(pod.uid()));
    long failures =
        fresh(pods, spec, pod -> pod.failed() && !wereFailed.contains(pod.uid())).stream()
            .filter(pod -> !spec.failurePolicy().ignores(pod.pod()))
            .count();
    IndexSet recorded = IndexSet.parse(status.text("completedIndexes"), spec.indexBound());
    IndexSet completed =
        spec.indexed() ? recorded.or(indexes(fresh(pods, spec, JobPod::succeeded))) : recorded;
    Optional<IndexSet> failedIndexes = failedIndexes(status, spec, pods);
    return new Census(
        spec,
        pods,
        active,
        wereSucceeded,
        wereFailed,
        spec.indexed()
            ? completed.size()
            : status.number(0, "succeeded") + fresh.size() + wereSucceeded.size(),
        status.number(0, "failed") + failures + wereFailed.size(),
        recorded,
        completed,
        failedIndexes,
        failedIndexes
            .map(gone -> delayed(spec, pods, completed.or(gone).or(indexes(active))))
            .orElse(Map.of()));
  }

  private static Set<String> uncounted(Tree status, String list) {
    return new HashSet<>(status.items("uncountedTerminatedPods", list).texts());
  }

  /** The pods that are not counted yet and would be. */
  private static List<JobPod> fresh(List<JobPod> pods, JobSpec spec, Predicate<JobPod> wanted) {
    return pods.stream()
        .filter(pod -> pod.tracked() && pod.isValidFor(spec) && wanted.test(pod))
        .toList();
  }

  static IndexSet indexes(List<JobPod> pods) {
    return IndexSet.of(
        pods.stream().map(JobPod::index).filter(index -> index != JobPod.NO_INDEX).toList());
  }

  private static Optional<IndexSet> failedIndexes(Tree status, JobSpec spec, List<JobPod> pods) {
    if (!spec.indexed() || spec.backoffLimitPerIndex().isEmpty()) {
      return Optional.empty();
    }
    IndexSet before = IndexSet.parse(status.text("failedIndexes"), spec.indexBound());
    return Optional.of(before.or(indexes(fresh(pods, spec, pod -> failsIndex(pod, spec)))));
  }

  private static boolean failsIndex(JobPod pod, JobSpec spec) {
    if (!pod.failed()) {
      return false;
    }
    Optional<FailurePolicy.Verdict> verdict = spec.failurePolicy().judge(pod.pod());
    if (verdict.filter(v -> v.effect() == FailurePolicy.Effect.FAIL_INDEX).isPresent()) {
      return true;
    }
    boolean ignored = verdict.filter(v -> v.effect() == FailurePolicy.Effect.IGNORE).isPresent();
    return !ignored && pod.failuresBefore() >= spec.backoffLimitPerIndex().orElseThrow();
  }

  private static Map<Long, JobPod> delayed(JobSpec spec, List<JobPod> pods, IndexSet settled) {
    Map<Long, JobPod> delayed = new HashMap<>();
    for (JobPod pod : fresh(pods, spec, JobPod::failed)) {
      if (!settled.has(pod.index())) {
        delayed.merge(pod.index(), pod, Census::later);
      }
    }
    return delayed;
  }

  private static JobPod later(JobPod one, JobPod other) {
    long before = one.failuresBefore() + one.ignoredFailuresBefore();
    long after = other.failuresBefore() + other.ignoredFailuresBefore();
    return before <= after && !other.finishedAt().isBefore(one.finishedAt()) ? other : one;
  }

  long ready() {
    return readyOf(active);
  }

  static long readyOf(List<JobPod> pods) {
    return pods.stream().filter(pod -> Pods.isReady(pod.pod())).count();
  }

  long terminating() {
    return pods.stream().filter(JobPod::isTerminating).count();
  }
}
