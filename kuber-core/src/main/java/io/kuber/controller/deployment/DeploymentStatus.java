package io.kuber.controller.deployment;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The counts and conditions of a Deployment's status. */
final class DeploymentStatus {
  static final String PROGRESSING = "Progressing";
  private static final String TERMINATING = "terminatingReplicas";

  private DeploymentStatus() {}

  /** The status as the ReplicaSets have it, with Available but without a verdict on progress. */
  static Tree of(
      KubeObject deployment,
      Tree previous,
      Strategy strategy,
      Collection<KubeObject> all,
      Optional<KubeObject> fresh,
      Instant now) {
    long available = sum(all, "availableReplicas");
    long wanted = all.stream().mapToLong(Resizing::size).sum();
    Tree status = previous.with("observedGeneration", deployment.generation());
    status = count(status, "replicas", sum(all, "replicas"));
    status = count(status, "updatedReplicas", fresh.map(set -> number(set, "replicas")).orElse(0L));
    status = count(status, "readyReplicas", sum(all, "readyReplicas"));
    status = count(status, "availableReplicas", available);
    status = count(status, "unavailableReplicas", Math.max(0, wanted - available));
    status = terminating(status, all);
    boolean enough = available >= strategy.minAvailable();
    return with(
        status,
        enough
            ? condition(
                "Available",
                "True",
                "MinimumReplicasAvailable",
                "Deployment has minimum availability.",
                now)
            : condition(
                "Available",
                "False",
                "MinimumReplicasUnavailable",
                "Deployment does not have minimum availability.",
                now));
  }

  /** Unknown as long as one of them has not said how many. */
  private static Tree terminating(Tree status, Collection<KubeObject> all) {
    boolean known = all.stream().allMatch(set -> set.status().has(TERMINATING));
    return known ? status.with(TERMINATING, sum(all, TERMINATING)) : status.without(TERMINATING);
  }

  private static long sum(Collection<KubeObject> sets, String field) {
    return sets.stream().mapToLong(set -> number(set, field)).sum();
  }

  private static long number(KubeObject set, String field) {
    return set.status().number(0, field);
  }

  private static Tree count(Tree status, String field, long count) {
    return count == 0 ? status.without(field) : status.with(field, count);
  }

  static Condition condition(
      String type, String status, String reason, String message, Instant now) {
    return new Condition(
        Tree.of(
            "type", type,
            "status", status,
            "lastUpdateTime", Timestamps.seconds(now),
            "lastTransitionTime", Timestamps.seconds(now),
            "reason", reason,
            "message", message));
  }

  /**
   * The status with the condition, unless it says the same already; a condition that changes moves
   * behind the others (upstream: SetDeploymentCondition).
   */
  static Tree with(Tree status, Condition condition) {
    Optional<Condition> old = Condition.find(status, condition.type());
    boolean same =
        old.filter(o -> o.status().equals(condition.status()))
            .filter(o -> o.reason().equals(condition.reason()))
            .isPresent();
    return same ? status : replacing(status, condition);
  }

  /** The status with the condition even if only its time or text is new. */
  static Tree replacing(Tree status, Condition condition) {
    Condition placed =
        Condition.find(status, condition.type())
            .filter(old -> old.status().equals(condition.status()))
            .map(old -> condition.with("lastTransitionTime", old.tree().text("lastTransitionTime")))
            .orElse(condition);
    List<Tree> conditions = new ArrayList<>(status.items("conditions").trees());
    conditions.removeIf(old -> old.text("type").equals(condition.type()));
    conditions.add(placed.tree());
    return status.with("conditions", Items.copyOf(conditions));
  }
}
