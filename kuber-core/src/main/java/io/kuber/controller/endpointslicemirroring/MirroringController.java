package io.kuber.controller.endpointslicemirroring;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Fetches Endpoints with their Service and slices and lets {@link MirroringPlanner} decide. */
public final class MirroringController implements Controller {
  @Override
  public String name() {
    return "endpoint-slice-mirroring-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.ENDPOINTS),
        Trigger.on(Resources.SERVICES, MirroringController::ofService),
        Trigger.controllerOf(Resources.ENDPOINT_SLICES, Resources.ENDPOINTS),
        Trigger.on(Resources.ENDPOINT_SLICES, MirroringController::ofSlice));
  }

  private static void ofService(Change change, View view, Consumer<Key> sink) {
    sink.accept(Resources.ENDPOINTS.keyOf(change.after()));
  }

  private static void ofSlice(Change change, View view, Consumer<Key> sink) {
    for (KubeObject slice : change.states()) {
      String name = Mirror.sourceOf(slice);
      if (!name.isEmpty()) {
        sink.accept(Resources.ENDPOINTS.key(slice.namespace(), name));
      }
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> endpoints = view.get(key).filter(found -> !found.isBeingDeleted());
    return MirroringPlanner.plan(
        endpoints,
        view.get(Resources.SERVICES, key.namespace(), key.name()),
        slices(view, key, endpoints));
  }

  /** Those that the Endpoints own, and those that say they are theirs though they are not. */
  private static Set<KubeObject> slices(View view, Key key, Optional<KubeObject> endpoints) {
    Set<KubeObject> slices = new LinkedHashSet<>(view.slicesOfService(key.namespace(), key.name()));
    endpoints.ifPresent(
        owner -> slices.addAll(view.controlledBy(Resources.ENDPOINT_SLICES, owner.uid())));
    return slices;
  }
}
