package io.kuber.controller.disruption;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the status of one PodDisruptionBudget. Lives as long as the making. */
final class BudgetPlanner {
  /** How long an evicted pod may stay before it counts again (upstream: DeletionTimeout). */
  static final Duration MAX_UNTIL_DELETED = Duration.ofMinutes(2);

  private final KubeObject budget;
  private final List<KubeObject> pods;
  private final ExpectedPods expected;
  private final Instant now;
  private final Plan.Builder plan = Plan.builder();
  private final List<Action> notes = new ArrayList<>();

  BudgetPlanner(KubeObject budget, List<KubeObject> pods, ExpectedPods expected, Instant now) {
    this.budget = budget;
    this.pods = pods;
    this.expected = expected;
    this.now = now;
  }

  Plan plan() {
    Tree status = expected.problem().isEmpty() ? counted() : failed();
    if (!status.equals(budget.status())) {
      tell();
      plan.together(notes);
      plan.then(
          Action.updateStatus(Resources.POD_DISRUPTION_BUDGETS, budget.with(status, "status")));
    }
    return plan.build();
  }

  private void tell() {
    if (pods.isEmpty()) {
      notes.add(new Action.Emit(Note.normal(budget, "NoPods", "No matching pods found")));
    }
    if (!expected.problem().isEmpty()) {
      String text = "Failed to calculate the number of expected pods: " + expected.problem();
      notes.add(new Action.Emit(Note.warning(budget, "CalculateExpectedPodCountFailed", text)));
    }
    if (!expected.unmanaged().isEmpty()) {
      String text =
          ("Pods selected by this PodDisruptionBudget (selector: %s) were found to be unmanaged. As a"
                  + " result, the status of the PDB cannot be calculated correctly, which may"
                  + " result in undefined behavior. To account for these pods please set"
                  + " \".spec.minAvailable\" field of the PDB to an integer value.")
              .formatted(LabelSelector.of(budget.spec().tree("selector")));
      notes.add(new Action.Emit(Note.warning(budget, "UnmanagedPods", text)));
    }
  }

  private Tree counted() {
    Tree disrupted = disrupted();
    long healthy =
        pods.stream()
            .filter(pod -> !pod.isBeingDeleted() && !disrupted.has(pod.name()))
            .filter(Pods::isReady)
            .count();
    long spare = healthy - expected.desiredHealthy();
    long allowed = expected.expected() <= 0 ? 0 : Math.max(0, spare);
    Tree status =
        budget
            .status()
            .with("currentHealthy", healthy)
            .with("desiredHealthy", expected.desiredHealthy())
            .with("disruptionsAllowed", allowed)
            .with("expectedPods", expected.expected())
            .with("observedGeneration", budget.generation());
    status =
        disrupted.isEmpty()
            ? status.without("disruptedPods")
            : status.with("disruptedPods", disrupted);
    return conditioned(
        status,
        allowed > 0 ? "True" : "False",
        allowed > 0 ? "SufficientPods" : "InsufficientPods",
        "");
  }

  /** Those evicted pods that are still to be deleted, with the time of their eviction. */
  private Tree disrupted() {
    Tree left = Tree.EMPTY;
    Map<String, String> known = budget.status().tree("disruptedPods").texts();
    for (KubeObject pod : pods) {
      String since = known.get(pod.name());
      if (since == null || pod.isBeingDeleted()) {
        continue;
      }
      Instant until = Timestamps.parse(since).plus(MAX_UNTIL_DELETED);
      if (until.isBefore(now)) {
        String text =
            "Pod was expected by PDB %s/%s to be deleted but it wasn't"
                .formatted(budget.namespace(), budget.name());
        notes.add(new Action.Emit(Note.warning(pod, "NotDeleted", text)));
      } else {
        left = left.with(pod.name(), since);
        plan.againAfter(Duration.between(now, until).plusSeconds(1));
      }
    }
    return left;
  }

  /** Nothing is allowed while nobody knows. */
  private Tree failed() {
    Tree status = budget.status().with("disruptionsAllowed", 0L);
    return conditioned(
        status
            .with("observedGeneration", budget.generation())
            .withDefault("currentHealthy", 0L)
            .withDefault("desiredHealthy", 0L)
            .withDefault("expectedPods", 0L),
        "False",
        "SyncFailed",
        expected.problem());
  }

  private Tree conditioned(Tree status, String value, String reason, String message) {
    Condition condition = Condition.of("DisruptionAllowed", value, reason, message, now);
    return new Condition(condition.tree().with("observedGeneration", budget.generation()))
        .putInto(status);
  }
}
