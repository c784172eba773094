package io.kuber.controller.deployment;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The verdict on an update: under way, done, or stuck (upstream: progress.go). */
final class Progress {
  static final String TIMED_OUT = "ProgressDeadlineExceeded";
  private static final String DONE = "NewReplicaSetAvailable";

  /** A deadline of this many seconds means none. */
  private static final long NO_DEADLINE = Integer.MAX_VALUE;

  private final KubeObject deployment;
  private final Strategy strategy;
  private final Instant now;

  Progress(KubeObject deployment, Strategy strategy, Instant now) {
    this.deployment = deployment;
    this.strategy = strategy;
    this.now = now;
  }

  static boolean hasDeadline(KubeObject deployment) {
    return deployment.spec().number(NO_DEADLINE, "progressDeadlineSeconds") != NO_DEADLINE;
  }

  /** Whether every pod is of the new template and available. */
  boolean isComplete(Tree status) {
    return status.number(0, "updatedReplicas") == strategy.replicas()
        && status.number(0, "replicas") == strategy.replicas()
        && status.number(0, "availableReplicas") == strategy.replicas()
        && status.number(0, "observedGeneration") >= deployment.generation();
  }

  /** The status with the conditions Progressing and ReplicaFailure. */
  Tree judge(Tree before, Tree counted, Collection<KubeObject> all, Optional<KubeObject> fresh) {
    Tree status = counted;
    if (!hasDeadline(deployment)) {
      status = Condition.removeFrom(status, DeploymentStatus.PROGRESSING);
    } else if (!isAlreadyDone(before, counted)) {
      status = verdict(before, counted, fresh);
    }
    Tree failure = failure(all, fresh);
    return failure.isEmpty()
        ? Condition.removeFrom(status, "ReplicaFailure")
        : DeploymentStatus.with(status, new Condition(failure));
  }

  private static boolean isAlreadyDone(Tree before, Tree counted) {
    return counted.number(0, "replicas") == counted.number(0, "updatedReplicas")
        && progressing(before).filter(old -> old.reason().equals(DONE)).isPresent();
  }

  private Tree verdict(Tree before, Tree counted, Optional<KubeObject> fresh) {
    String who =
        fresh
            .map(set -> "ReplicaSet \"%s\"".formatted(set.name()))
            .orElse("Deployment \"%s\"".formatted(deployment.name()));
    if (isComplete(counted)) {
      return DeploymentStatus.with(
          counted, condition("True", DONE, who + " has successfully progressed."));
    }
    if (hasProgressed(before, counted)) {
      return DeploymentStatus.replacing(
          counted, condition("True", "ReplicaSetUpdated", who + " is progressing."));
    }
    if (isTimedOut(counted)) {
      return DeploymentStatus.with(
          counted, condition("False", TIMED_OUT, who + " has timed out progressing."));
    }
    return counted;
  }

  private Condition condition(String status, String reason, String message) {
    return DeploymentStatus.condition(DeploymentStatus.PROGRESSING, status, reason, message, now);
  }

  private static boolean hasProgressed(Tree before, Tree after) {
    return after.number(0, "updatedReplicas") > before.number(0, "updatedReplicas")
        || oldReplicas(after) < oldReplicas(before)
        || after.number(0, "readyReplicas") > before.number(0, "readyReplicas")
        || after.number(0, "availableReplicas") > before.number(0, "availableReplicas");
  }

  private static long oldReplicas(Tree status) {
    return status.number(0, "replicas") - status.number(0, "updatedReplicas");
  }

  private boolean isTimedOut(Tree status) {
    return progressing(status)
        .filter(old -> !old.reason().equals(DONE))
        .filter(old -> old.reason().equals(TIMED_OUT) || deadline(old).isBefore(now))
        .isPresent();
  }

  private Instant deadline(Condition progressing) {
    long seconds = deployment.spec().number(NO_DEADLINE, "progressDeadlineSeconds");
    return progressing.updatedAt().plusSeconds(seconds);
  }

  /** When to look whether the deadline has passed; empty when there is nothing to wait for. */
  Optional<Duration> untilDeadline(Tree status) {
    if (!hasDeadline(deployment) || isComplete(status)) {
      return Optional.empty();
    }
    return progressing(status)
        .filter(old -> !old.reason().equals(TIMED_OUT) && !old.reason().equals(DONE))
        .map(old -> Duration.between(now, deadline(old)).plusSeconds(1))
        .map(wait -> wait.isNegative() ? Duration.ofSeconds(1) : wait);
  }

  private static Optional<Condition> progressing(Tree status) {
    return Condition.find(status, DeploymentStatus.PROGRESSING);
  }

  /** A failure of the new ReplicaSet, or else of any. */
  private static Tree failure(Collection<KubeObject> all, Optional<KubeObject> fresh) {
    return fresh
        .flatMap(set -> Condition.find(set.status(), "ReplicaFailure"))
        .or(
            () ->
                all.stream()
                    .flatMap(set -> Condition.find(set.status(), "ReplicaFailure").stream())
                    .findFirst())
        .map(
            failed ->
                DeploymentStatus.condition(
                        "ReplicaFailure",
                        failed.status(),
                        failed.reason(),
                        failed.tree().text("message"),
                        failed.transitionedAt())
                    .tree())
        .orElse(Tree.EMPTY);
  }
}
