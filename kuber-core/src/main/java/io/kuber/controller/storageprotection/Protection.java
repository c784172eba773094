package io.kuber.controller.storageprotection;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.ResourceType;

/** Decides whether an object keeps the finalizer that protects it. Pure. */
final class Protection {
  private static final String[] FINALIZERS = {"metadata", "finalizers"};

  private Protection() {}

  /**
   * Plans for one object.
   *
   * @param finalizer that protects objects of the type
   * @param isUsed whether somebody would miss it
   */
  static Plan plan(ResourceType type, KubeObject object, String finalizer, boolean isUsed) {
    Items finalizers = object.metadata().items("finalizers");
    boolean isProtected = finalizers.contains(finalizer);
    if (object.isBeingDeleted()) {
      return isProtected && !isUsed
          ? replaced(type, object, finalizers.without(finalizer))
          : Plan.NOTHING;
    }
    return isProtected ? Plan.NOTHING : replaced(type, object, finalizers.plus(finalizer));
  }

  private static Plan replaced(ResourceType type, KubeObject object, Items finalizers) {
    KubeObject next =
        finalizers.isEmpty() ? object.without(FINALIZERS) : object.with(finalizers, FINALIZERS);
    return Plan.of(new Action.Update(type, next));
  }
}
