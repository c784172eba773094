package io.kuber.controller.customresource;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.custom.Definition;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Fetches a definition that goes and the objects that it leaves for {@link CleanupPlanner}. */
public final class CleanupController implements Controller {
  private static final ResourceType TYPE = Resources.CUSTOM_RESOURCE_DEFINITIONS;

  @Override
  public String name() {
    return "customresource-cleanup-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.itself(TYPE), Trigger.onAll(CleanupController::ofObject));
  }

  /** A definition is called as the resource that it defines. */
  private static void ofObject(Change change, View view, Consumer<Key> sink) {
    Key definition = TYPE.key("", change.key().resource());
    if (!change.key().resource().equals(TYPE.qualifiedName())) {
      view.get(definition)
          .filter(KubeObject::isBeingDeleted)
          .ifPresent(deleted -> sink.accept(definition));
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(KubeObject::isBeingDeleted)
        .map(definition -> plan(view, definition, now))
        .orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject definition, Instant now) {
    ResourceType type = Definition.of(definition).storedType();
    return CleanupPlanner.plan(definition, type, view.list(type, ""), now);
  }
}
