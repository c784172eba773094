package io.kuber.controller.customresource;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fetches the definitions of a group for {@link DefinitionPlanner}.
 *
 * <p>Its keys stand for groups: names are scarce within a group, so that one plan at a time decides
 * for all that may ask for the same.
 */
public final class DefinitionController implements Controller {
  private static final ResourceType TYPE = Resources.CUSTOM_RESOURCE_DEFINITIONS;

  @Override
  public String name() {
    return "customresourcedefinition-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.on(TYPE, DefinitionController::group));
  }

  private static void group(Change change, View view, Consumer<Key> sink) {
    sink.accept(TYPE.key("", groupOf(change.after())));
  }

  private static String groupOf(KubeObject definition) {
    return definition.spec().text("group");
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    List<KubeObject> definitions = new ArrayList<>(view.list(TYPE, ""));
    definitions.removeIf(definition -> !groupOf(definition).equals(key.name()));
    return DefinitionPlanner.plan(definitions, now);
  }
}
