package io.kuber.controller.resourcequota;

import io.kuber.object.KubeObject;
import io.kuber.quota.Quota;
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

/** Fetches a ResourceQuota with all that it counts and lets {@link QuotaPlanner} decide. */
public final class QuotaController implements Controller {
  private final Supplier<List<ResourceType>> resources;

  /** {@code resources} are all that are served now. */
  public QuotaController(Supplier<List<ResourceType>> resources) {
    this.resources = resources;
  }

  @Override
  public String name() {
    return "resourcequota-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.RESOURCE_QUOTAS), Trigger.onAll(QuotaController::ofContent));
  }

  /** Most namespaces have no quota, and most changes leave what an object uses as it is. */
  private static void ofContent(Change change, View view, Consumer<Key> sink) {
    String namespace = change.key().namespace();
    if (namespace.isEmpty()
        || view.count(Resources.RESOURCE_QUOTAS, namespace) == 0
        || !mayMatter(change)) {
      return;
    }
    for (KubeObject quota : view.list(Resources.RESOURCE_QUOTAS, namespace)) {
      sink.accept(Resources.RESOURCE_QUOTAS.keyOf(quota));
    }
  }

  /** There are many events, and hardly anybody limits their number: the next recount will do. */
  private static boolean mayMatter(Change change) {
    if (change.key().resource().equals(Resources.EVENTS.qualifiedName())) {
      return false;
    }
    KubeObject after = change.after();
    return change.isDeletion()
        || change
            .before()
            .filter(before -> before.spec().equals(after.spec()))
            .filter(before -> before.isBeingDeleted() == after.isBeingDeleted())
            .filter(before -> phase(before).equals(phase(after)))
            .isEmpty();
  }

  private static String phase(KubeObject object) {
    return object.status().text("phase");
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .map(quota -> QuotaPlanner.plan(quota, counted(view, quota), now))
        .orElse(Plan.NOTHING);
  }

  private Map<ResourceType, List<KubeObject>> counted(View view, KubeObject object) {
    Quota quota = Quota.of(object);
    Map<ResourceType, List<KubeObject>> counted = new LinkedHashMap<>();
    for (ResourceType type : resources.get()) {
      if (type.namespaced() && quota.concerns(type)) {
        counted.put(type, view.list(type, object.namespace()));
      }
    }
    return counted;
  }
}
