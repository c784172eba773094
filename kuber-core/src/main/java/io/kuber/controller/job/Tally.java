package io.kuber.controller.job;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts pods that have ended, each once: first the status names them as not yet counted, then they
 * lose the finalizer, then they are counted (upstream: trackJobStatusAndRemoveFinalizers in
 * pkg/controller/job/job_controller.go).
 *
 * @param status the status with the new counts
 * @param released the pods whose finalizer may go once that status is written
 * @param settled whether nothing is left to count
 */
record Tally(Tree status, List<JobPod> released, boolean settled) {
  /** Pods named in one status, so that it stays small (upstream: MaxUncountedPods). */
  private static final int MAX_UNCOUNTED = 500;

  static Tally of(KubeObject job, Tree status, Census census, Optional<Ending> ending) {
    return new Counting(job, census, ending).tally(status);
  }

  /** One count. */
  private static final class Counting {
    private final KubeObject job;
    private final Census census;
    private final Optional<Ending> ending;
    private final Set<String> succeeded = new LinkedHashSet<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private final List<Long> indexes = new ArrayList<>();
    private final List<JobPod> released = new ArrayList<>();

    Counting(KubeObject job, Census census, Optional<Ending> ending) {
      this.job = job;
      this.census = census;
      this.ending = ending;
    }

    Tally tally(Tree status) {
      Tree counted = countReleased(status);
      for (JobPod pod : census.pods()) {
        if (pod.tracked() && mayRelease(pod)) {
          released.add(pod);
          name(pod);
        }
        if (indexes.size() + succeeded.size() + failed.size() >= MAX_UNCOUNTED) {
          break;
        }
      }
      Tree named = JobStatus.uncounted(counted, succeeded, failed);
      boolean settled = succeeded.isEmpty() && failed.isEmpty() && released.isEmpty();
      return new Tally(withIndexes(named), released, settled);
    }

    /** Raises the counts by the pods that have lost the finalizer since they were named. */
    private Tree countReleased(Tree status) {
      Set<String> tracked = new HashSet<>();
      census.pods().stream().filter(JobPod::tracked).forEach(pod -> tracked.add(pod.uid()));
      keep(status.items("uncountedTerminatedPods", "succeeded").texts(), tracked, succeeded);
      keep(status.items("uncountedTerminatedPods", "failed").texts(), tracked, failed);
      int more = census.uncountedSucceeded().size() - succeeded.size();
      int lost = census.uncountedFailed().size() - failed.size();
      Tree counted = JobStatus.count(status, "succeeded", status.number(0, "succeeded") + more);
      return JobStatus.count(counted, "failed", status.number(0, "failed") + lost);
    }

    private static void keep(List<String> named, Set<String> tracked, Set<String> kept) {
      named.stream().filter(tracked::contains).forEach(kept::add);
    }

    private boolean mayRelease(JobPod pod) {
      boolean over = job.isBeingDeleted() || ending.isPresent() || pod.succeeded();
      return over || pod.failed() && !pod.equals(census.delayed().get(pod.index()));
    }

    private void name(JobPod pod) {
      JobSpec spec = census.spec();
      boolean fails = pod.failed() || ending.filter(how -> !how.success()).isPresent();
      if (pod.succeeded() && !census.uncountedFailed().contains(pod.uid())) {
        if (!spec.indexed()) {
          succeeded.add(pod.uid());
        } else if (pod.isValidFor(spec) && !census.recorded().has(pod.index())) {
          indexes.add(pod.index());
        }
      } else if (fails && pod.isValidFor(spec) && !spec.failurePolicy().ignores(pod.pod())) {
        failed.add(pod.uid());
      }
    }

    private Tree withIndexes(Tree status) {
      if (!census.spec().indexed()) {
        return status;
      }
      IndexSet completed = census.recorded().or(IndexSet.of(indexes));
      Tree counted = JobStatus.count(status, "succeeded", completed.size());
      Tree told =
          completed.size() == 0
              ? counted.without("completedIndexes")
              : counted.with("completedIndexes", completed.toString());
      return census
          .failedIndexes()
          .map(gone -> told.with("failedIndexes", gone.toString()))
          .orElse(told);
    }
  }
}
