package io.kuber.controller.disruption;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Fetches a pod with its PodDisruptionBudgets and lets {@link DisruptedPodPlanner} decide. */
public final class DisruptedPodController implements Controller {
  @Override
  public String name() {
    return "disrupted-pod-controller";
  }

  @Override
  public String reporter() {
    return DisruptionController.REPORTER;
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.on(Resources.PODS, DisruptedPodController::ofPod));
  }

  /** A pod that changed in a way that budgets count, or that somebody means to disrupt. */
  private static void ofPod(Change change, View view, Consumer<Key> sink) {
    boolean counts =
        change
            .before()
            .filter(before -> DisruptionController.countsAlike(before, change.after()))
            .isEmpty();
    if (!change.isDeletion() && (counts || DisruptedPodPlanner.isTarget(change.after()))) {
      sink.accept(change.key());
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(pod -> !pod.isBeingDeleted())
        .map(pod -> DisruptedPodPlanner.plan(pod, budgets(view, pod), now))
        .orElse(Plan.NOTHING);
  }

  private static List<KubeObject> budgets(View view, KubeObject pod) {
    List<KubeObject> budgets =
        new ArrayList<>(view.list(Resources.POD_DISRUPTION_BUDGETS, pod.namespace()));
    budgets.removeIf(
        budget -> !LabelSelector.ofSpec(budget.spec()).matches(pod.metadata().tree("labels")));
    return budgets;
  }
}
