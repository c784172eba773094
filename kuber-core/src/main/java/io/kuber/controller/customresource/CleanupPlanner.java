package io.kuber.controller.customresource;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Instant;
import java.util.List;

/** Decides how a definition that is being deleted goes: after the last of its objects. */
final class CleanupPlanner {
  /** Holds a definition until its last object is gone. */
  private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

  /** Objects deleted by one plan; the changes they make bring the next. */
  private static final int MAX_DELETIONS_PER_PLAN = 500;

  private static final ResourceType TYPE = Resources.CUSTOM_RESOURCE_DEFINITIONS;
  private static final String TERMINATING = "Terminating";

  private CleanupPlanner() {}

  /**
   * Plans for a definition that is being deleted.
   *
   * @param type of its objects, in the stored version
   * @param objects all that are left
   */
  static Plan plan(
      KubeObject definition, ResourceType type, List<KubeObject> objects, Instant now) {
    if (!definition.finalizers().contains(FINALIZER)) {
      return Plan.NOTHING;
    }
    if (objects.isEmpty()) {
      Items others = definition.metadata().items("finalizers").without(FINALIZER);
      return Plan.of(new Action.Update(TYPE, definition.with(others, "metadata", "finalizers")));
    }
    Tree status =
        Condition.of(
                TERMINATING,
                "True",
                "InstanceDeletionInProgress",
                "CustomResource deletion is in progress",
                now)
            .putInto(definition.status());
    Plan.Builder plan = Plan.builder();
    if (!status.equals(definition.status())) {
      plan.then(Action.updateStatus(TYPE, definition.with(status, "status")));
    }
    return plan.together(
            objects.stream()
                .filter(object -> !object.isBeingDeleted())
                .limit(MAX_DELETIONS_PER_PLAN)
                .map(object -> Action.delete(type, object))
                .toList())
        .build();
  }
}
