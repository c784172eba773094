package io.kuber.controller.job;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** How the parts of a job's status are written. */
final class JobStatus {
  static final String SUSPENDED = "Suspended";

  private JobStatus() {}

  static Condition condition(
      String type, String status, String reason, String message, Instant now) {
    return Condition.of(type, status, reason, message, now)
        .with("lastProbeTime", Timestamps.seconds(now));
  }

  /** Counts of zero are left out, as upstream leaves them out. */
  static Tree count(Tree status, String field, long count) {
    return count == 0 ? status.without(field) : status.with(field, count);
  }

  /** The pods that are there; those that are ready or on their way out are told even if none. */
  static Tree staffed(Tree status, long active, long ready, long terminating) {
    return count(status, "active", active).with("ready", ready).with("terminating", terminating);
  }

  static Tree uncounted(Tree status, Collection<String> succeeded, Collection<String> failed) {
    Tree.Builder uncounted = Tree.builder();
    if (!succeeded.isEmpty()) {
      uncounted.put("succeeded", Items.copyOf(succeeded));
    }
    if (!failed.isEmpty()) {
      uncounted.put("failed", Items.copyOf(failed));
    }
    return status.with("uncountedTerminatedPods", uncounted.build());
  }

  /** That the job is suspended, or no longer is; a job that never was says nothing. */
  static Tree suspension(Tree status, boolean suspended, Instant now) {
    Optional<Condition> before = Condition.find(status, SUSPENDED);
    if (suspended) {
      Tree without = status.without("startTime");
      return before.filter(Condition::isTrue).isPresent()
          ? without
          : condition(SUSPENDED, "True", "JobSuspended", "Job suspended", now).putInto(without);
    }
    return before.filter(Condition::isTrue).isPresent()
        ? condition(SUSPENDED, "False", "JobResumed", "Job resumed", now)
            .putInto(status)
            .with("startTime", Timestamps.seconds(now))
        : status;
  }
}
