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

/** Fetches definitions and the objects that they leave behind for {@link DefinitionPlanner}. */
public final class DefinitionController implements Controller {
  private static final ResourceType TYPE = Resources.CUSTOM_RESOURCE_DEFINITIONS;

  @Override
  public String name() {
    return "customresourcedefinition-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(TYPE),
        Trigger.on(TYPE, DefinitionController::ofSameGroup),
        Trigger.onAll(DefinitionController::ofObject));
  }

  /** Names that one definition gives back are free for those that wait for them. */
  private static void ofSameGroup(Change change, View view, Consumer<Key> sink) {
    for (KubeObject other : view.list(TYPE, "")) {
      boolean waits =
          !other.spec().tree("names").equals(other.status().tree("acceptedNames"))
              && !TYPE.keyOf(other).equals(change.key());
      if (waits) {
        sink.accept(TYPE.keyOf(other));
      }
    }
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
    return view.get(key).map(definition -> plan(view, definition, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject definition, Instant now) {
    ResourceType type = Definition.of(definition).storedType();
    List<KubeObject> objects = definition.isBeingDeleted() ? view.list(type, "") : List.of();
    return DefinitionPlanner.plan(definition, view.list(TYPE, ""), type, objects, now);
  }
}
