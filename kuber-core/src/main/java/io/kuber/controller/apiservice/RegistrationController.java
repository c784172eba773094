package io.kuber.controller.apiservice;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.LocalApis;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches an APIService, and the definitions that want it, for {@link RegistrationPlanner}. */
public final class RegistrationController implements Controller {
  private static final ResourceType TYPE = Resources.API_SERVICES;

  @Override
  public String name() {
    return "autoregister-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(TYPE),
        Trigger.on(Resources.CUSTOM_RESOURCE_DEFINITIONS, RegistrationController::ofDefinition));
  }

  private static void ofDefinition(Change change, View view, Consumer<Key> sink) {
    for (KubeObject state : change.states()) {
      for (Tree version : state.spec().items("versions").trees()) {
        sink.accept(TYPE.key("", version.text("name") + "." + state.spec().text("group")));
      }
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return RegistrationPlanner.plan(wanted(view, key.name()), view.get(key), now);
  }

  /** A version has no dot in its name. */
  private static Optional<KubeObject> wanted(View view, String name) {
    int dot = name.indexOf('.');
    String version = name.substring(0, dot);
    String group = name.substring(dot + 1);
    return view.list(Resources.CUSTOM_RESOURCE_DEFINITIONS, "").stream()
        .filter(definition -> serves(definition, group, version))
        .findFirst()
        .map(definition -> LocalApis.ofDefinitions(group, version));
  }

  private static boolean serves(KubeObject definition, String group, String version) {
    return definition.spec().text("group").equals(group)
        && definition.spec().items("versions").trees().stream()
            .anyMatch(each -> each.text("name").equals(version) && each.isTrue("served"));
  }
}
