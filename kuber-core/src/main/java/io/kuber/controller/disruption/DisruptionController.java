package io.kuber.controller.disruption;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Fetches a PodDisruptionBudget with its pods and lets {@link BudgetPlanner} decide. */
public final class DisruptionController implements Controller {
  /** Events about disruptions have always come from the whole process, not from its part. */
  static final String REPORTER = "controllermanager";

  private final Supplier<List<ResourceType>> resources;

  /** {@code resources} are all that are served now. */
  public DisruptionController(Supplier<List<ResourceType>> resources) {
    this.resources = resources;
  }

  @Override
  public String name() {
    return "disruption-controller";
  }

  @Override
  public String reporter() {
    return REPORTER;
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.POD_DISRUPTION_BUDGETS),
        Trigger.on(Resources.PODS, DisruptionController::ofPod));
  }

  /** The budgets of a pod that changed in a way that counts. */
  private static void ofPod(Change change, View view, Consumer<Key> sink) {
    boolean same =
        !change.isDeletion()
            && change.before().filter(before -> countsAlike(before, change.after())).isPresent();
    if (same) {
      return;
    }
    for (KubeObject budget :
        view.list(Resources.POD_DISRUPTION_BUDGETS, change.key().namespace())) {
      LabelSelector selector = LabelSelector.ofSpec(budget.spec());
      if (change.states().stream()
          .anyMatch(pod -> selector.matches(pod.metadata().tree("labels")))) {
        sink.accept(Resources.POD_DISRUPTION_BUDGETS.keyOf(budget));
      }
    }
  }

  static boolean countsAlike(KubeObject before, KubeObject after) {
    return before.metadata().tree("labels").equals(after.metadata().tree("labels"))
        && before.isBeingDeleted() == after.isBeingDeleted()
        && Pods.isReady(before) == Pods.isReady(after)
        && before.owners().equals(after.owners());
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(budget -> !budget.isBeingDeleted())
        .map(budget -> plan(view, budget, now))
        .orElse(Plan.NOTHING);
  }

  private Plan plan(View view, KubeObject budget, Instant now) {
    List<KubeObject> pods =
        view.select(Resources.PODS, budget.namespace(), LabelSelector.ofSpec(budget.spec()));
    ExpectedPods expected = ExpectedPods.of(view, budget, pods, resources.get());
    return new BudgetPlanner(budget, pods, expected, now).plan();
  }
}
