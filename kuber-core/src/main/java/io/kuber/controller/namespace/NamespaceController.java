package io.kuber.controller.namespace;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Fetches what a namespace in deletion still holds and lets {@link NamespacePlanner} decide. */
public final class NamespaceController implements Controller {
  private final Supplier<List<ResourceType>> resources;

  private final ForeignContent foreign;

  /** {@code resources} are all that are served now, and there is no other server. */
  public NamespaceController(Supplier<List<ResourceType>> resources) {
    this(resources, ForeignContent.NONE);
  }

  /**
   * A controller that asks other servers, too.
   *
   * @param resources all that are served here now
   */
  public NamespaceController(Supplier<List<ResourceType>> resources, ForeignContent foreign) {
    this.resources = resources;
    this.foreign = foreign;
  }

  @Override
  public String name() {
    return "namespace-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.NAMESPACES), Trigger.onAll(NamespaceController::ofContent));
  }

  private static void ofContent(Change change, View view, Consumer<Key> sink) {
    if (!change.key().namespace().isEmpty()) {
      Key namespace = Resources.NAMESPACES.key("", change.key().namespace());
      view.get(namespace)
          .filter(KubeObject::isBeingDeleted)
          .ifPresent(deleted -> sink.accept(namespace));
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(KubeObject::isBeingDeleted)
        .map(
            namespace ->
                NamespacePlanner.plan(
                    namespace,
                    content(view, key.name()),
                    foreign.of(key.name(), namespace.uid()),
                    now))
        .orElse(Plan.NOTHING);
  }

  private Map<ResourceType, List<KubeObject>> content(View view, String namespace) {
    Map<ResourceType, List<KubeObject>> content = new LinkedHashMap<>();
    for (ResourceType type : resources.get()) {
      if (type.namespaced() && view.count(type, namespace) > 0) {
        content.put(type, view.list(type, namespace));
      }
    }
    return content;
  }
}
