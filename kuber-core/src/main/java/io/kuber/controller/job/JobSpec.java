package io.kuber.controller.job;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a job asks for.
 *
 * @param completions how many pods have to succeed; empty for a work queue, where the first that
 *     succeeds says that nothing is left to begin
 * @param indexed whether each completion has an index of its own
 * @param backoffLimit failures after which the job fails
 * @param backoffLimitPerIndex failures after which an index fails
 * @param maxFailedIndexes failed indexes above which the job fails
 * @param replacesOnlyFailed whether a pod that is on its way out is replaced only once it is out
 * @param restartsContainers whether pods try again themselves (restart policy OnFailure)
 */
record JobSpec(
    long parallelism,
    OptionalLong completions,
    boolean indexed,
    boolean suspended,
    long backoffLimit,
    OptionalLong backoffLimitPerIndex,
    OptionalLong maxFailedIndexes,
    Optional<Duration> activeDeadline,
    boolean replacesOnlyFailed,
    boolean restartsContainers,
    FailurePolicy failurePolicy,
    SuccessPolicy successPolicy) {
  private static final long DEFAULT_BACKOFF_LIMIT = 6;

  static JobSpec of(KubeObject job) {
    Tree spec = job.spec();
    FailurePolicy failures = FailurePolicy.of(spec);
    OptionalLong deadline = number(spec, "activeDeadlineSeconds");
    return new JobSpec(
        spec.number(1, "parallelism"),
        number(spec, "completions"),
        spec.text("completionMode").equals("Indexed"),
        spec.isTrue("suspend"),
        spec.number(DEFAULT_BACKOFF_LIMIT, "backoffLimit"),
        number(spec, "backoffLimitPerIndex"),
        number(spec, "maxFailedIndexes"),
        deadline.isPresent()
            ? Optional.of(Duration.ofSeconds(deadline.getAsLong()))
            : Optional.empty(),
        spec.text("podReplacementPolicy").equals("Failed") || !failures.rules().isEmpty(),
        spec.text("template", "spec", "restartPolicy").equals("OnFailure"),
        failures,
        SuccessPolicy.of(spec));
  }

  private static OptionalLong number(Tree spec, String field) {
    return spec.get(field) instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /** Above all indexes of an indexed job. */
  long indexBound() {
    return completions.orElse(0);
  }
}
