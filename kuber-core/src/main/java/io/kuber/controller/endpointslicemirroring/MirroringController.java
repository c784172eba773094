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
import java.util.List;
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
        Trigger.controllerOf(Resources.ENDPOINT_SLICES, Resources.ENDPOINTS));
  }

  private static void ofService(Change change, View view, Consumer<Key> sink) {
    sink.accept(Resources.ENDPOINTS.keyOf(change.after()));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    // The garbage collector deletes the slices of Endpoints that are gone.
    return view.get(key)
        .filter(endpoints -> !endpoints.isBeingDeleted())
        .map(endpoints -> plan(view, endpoints))
        .orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject endpoints) {
    return MirroringPlanner.plan(
        endpoints,
        view.get(Resources.SERVICES, endpoints.namespace(), endpoints.name()),
        view.controlledBy(Resources.ENDPOINT_SLICES, endpoints.uid()));
  }
}
