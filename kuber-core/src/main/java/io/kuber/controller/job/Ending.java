package io.kuber.controller.job;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a job ends. It is first announced by an interim condition, and made final once all pods have
 * ended and are counted.
 *
 * @param success whether it ends well
 * @param recorded whether the status says so already
 */
record Ending(boolean success, String reason, String message, boolean recorded) {
  private static final String SUCCESS = "SuccessCriteriaMet";
  private static final String FAILURE = "FailureTarget";

  /** The ending that is sure before any pod comes or goes; empty when the job goes on. */
  static Optional<Ending> of(KubeObject job, Census census, Instant now) {
    return announced(job.status(), SUCCESS)
        .or(() -> announced(job.status(), FAILURE))
        .or(() -> byFailurePolicy(census))
        .or(() -> byLimits(job, census, now))
        .or(() -> byIndexes(census))
        .or(() -> bySuccessPolicy(census));
  }

  private static Optional<Ending> announced(Tree status, String type) {
    return Condition.find(status, type)
        .filter(Condition::isTrue)
        .map(
            condition ->
                new Ending(
                    type.equals(SUCCESS),
                    condition.reason(),
                    condition.tree().text("message"),
                    true));
  }

  private static Ending failure(String reason, String message) {
    return new Ending(false, reason, message, false);
  }

  /** All that was asked for is done. */
  static Ending completions() {
    return new Ending(
        true, "CompletionsReached", "Reached expected number of succeeded pods", false);
  }

  private static Optional<Ending> byFailurePolicy(Census census) {
    return census.pods().stream()
        .filter(JobPod::failed)
        .flatMap(pod -> census.spec().failurePolicy().judge(pod.pod()).stream())
        .filter(verdict -> verdict.effect() == FailurePolicy.Effect.FAIL_JOB)
        .findFirst()
        .map(verdict -> failure("PodFailurePolicy", verdict.message()));
  }

  private static Optional<Ending> byLimits(KubeObject job, Census census, Instant now) {
    JobSpec spec = census.spec();
    if (census.failed() > spec.backoffLimit() || restartsTooOften(census)) {
      return Optional.of(
          failure("BackoffLimitExceeded", "Job has reached the specified backoff limit"));
    }
    return untilDeadline(job, spec, now)
        .filter(left -> left.isZero() || left.isNegative())
        .map(left -> failure("DeadlineExceeded", "Job was active longer than specified deadline"));
  }

  private static boolean restartsTooOften(Census census) {
    JobSpec spec = census.spec();
    if (!spec.restartsContainers()) {
      return false;
    }
    long restarts =
        census.pods().stream()
            .filter(pod -> pod.isActive() || pod.isTerminating())
            .mapToLong(JobPod::restarts)
            .sum();
    return spec.backoffLimit() == 0 ? restarts > 0 : restarts >= spec.backoffLimit();
  }

  /** How long the job may go on; empty without a deadline, and before it began. */
  static Optional<Duration> untilDeadline(KubeObject job, JobSpec spec, Instant now) {
    String start = job.status().text("startTime");
    return spec.activeDeadline()
        .filter(deadline -> !spec.suspended() && !start.isEmpty())
        .map(deadline -> Duration.between(now, Instant.parse(start).plus(deadline)));
  }

  private static Optional<Ending> byIndexes(Census census) {
    if (census.failedIndexes().isEmpty()) {
      return Optional.empty();
    }
    JobSpec spec = census.spec();
    IndexSet failedIndexes = census.failedIndexes().get();
    long failed = failedIndexes.size();
    if (failed > spec.maxFailedIndexes().orElse(Long.MAX_VALUE)) {
      return Optional.of(
          failure(
              "MaxFailedIndexesExceeded",
              "Job has exceeded the specified maximal number of failed indexes"));
    }
    // After a mishap an index may have done both; upstream adds the numbers and ends too early.
    return failed > 0 && failedIndexes.or(census.completed()).size() >= spec.indexBound()
        ? Optional.of(failure("FailedIndexes", "Job has failed indexes"))
        : Optional.empty();
  }

  private static Optional<Ending> bySuccessPolicy(Census census) {
    JobSpec spec = census.spec();
    return spec.indexed()
        ? spec.successPolicy()
            .met(census.completed(), spec.indexBound())
            .map(rule -> new Ending(true, "SuccessPolicy", rule, false))
        : Optional.empty();
  }

  /** Whether the job is over for good. */
  static boolean isFinal(KubeObject job) {
    return Stream.of("Complete", "Failed")
        .anyMatch(type -> Condition.find(job.status(), type).filter(Condition::isTrue).isPresent());
  }

  /** The condition that announces it. */
  Condition interim(Instant now) {
    return JobStatus.condition(success ? SUCCESS : FAILURE, "True", reason, message, now);
  }

  /** The condition that makes it final. */
  Condition last(Instant now) {
    return JobStatus.condition(success ? "Complete" : "Failed", "True", reason, message, now);
  }
}
