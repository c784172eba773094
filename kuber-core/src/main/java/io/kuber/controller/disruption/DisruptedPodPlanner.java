package io.kuber.controller.disruption;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of a pod that says it is about to be disrupted, but stays, and tells of one
 * that has more than one budget, so that nobody can evict it.
 */
final class DisruptedPodPlanner {
  /** How long a pod may say that it goes and stay (upstream: stalePodDisruptionTimeout). */
  static final Duration MAX_TARGETED = Duration.ofMinutes(2);

  private static final String TARGET = "DisruptionTarget";

  /** What a node says may be true long before the pod goes. */
  private static final String BY_NODE = "TerminationByKubelet";

  private DisruptedPodPlanner() {}

  /** Plans for a pod that nobody has deleted yet. */
  static Plan plan(KubeObject pod, List<KubeObject> budgets, Instant now) {
    Plan.Builder plan = Plan.builder();
    if (budgets.size() > 1) {
      plan.then(new Action.Emit(tooMany(pod, budgets.get(0))));
    }
    target(pod)
        .ifPresent(
            condition -> {
              Instant end = condition.transitionedAt().plus(MAX_TARGETED);
              if (end.isAfter(now)) {
                plan.againAfter(Duration.between(now, end));
              } else {
                plan.then(Action.updateStatus(Resources.PODS, stays(pod, now)));
              }
            });
    return plan.build();
  }

  private static Note tooMany(KubeObject pod, KubeObject chosen) {
    String text =
        "Pod \"%s\"/\"%s\" matches multiple PodDisruptionBudgets.  Chose \"%s\" arbitrarily."
            .formatted(pod.namespace(), pod.name(), chosen.name());
    return Note.warning(pod, "MultiplePodDisruptionBudgets", text);
  }

  /** Whether somebody said that the pod goes, and it does not. */
  static boolean isTarget(KubeObject pod) {
    return target(pod).isPresent();
  }

  private static Optional<Condition> target(KubeObject pod) {
    return Condition.find(pod.status(), TARGET)
        .filter(Condition::isTrue)
        .filter(condition -> !condition.reason().equals(BY_NODE))
        .filter(condition -> !pod.isBeingDeleted() && !Pods.isFinished(pod));
  }

  private static KubeObject stays(KubeObject pod, Instant now) {
    Tree condition =
        Condition.of(TARGET, "False", "", "", now).tree().without("reason").without("message");
    return pod.with(new Condition(condition).putInto(pod.status()), "status");
  }
}
