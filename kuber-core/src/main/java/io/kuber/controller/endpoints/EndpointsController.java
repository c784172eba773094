package io.kuber.controller.endpoints;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.ServiceTriggers;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.ServiceBackend;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches a Service with its pods and lets {@link EndpointsPlanner} decide. */
public final class EndpointsController implements Controller {
  private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

  @Override
  public String name() {
    return "endpoint-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.SERVICES),
        Trigger.on(Resources.PODS, ServiceTriggers::ofPod),
        Trigger.on(Resources.ENDPOINTS, EndpointsController::service));
  }

  /**
   * Endpoints of somebody else may be there before their Service is, and are left alone then. Those
   * that are found at the start may have outlived theirs while nobody looked, unless people elect a
   * leader by them (upstream: checkLeftoverEndpoints).
   */
  private static void service(Change change, View view, Consumer<Key> sink) {
    boolean mayBeLeft = change.isFound() && !change.after().annotations().containsKey(LEADER);
    boolean wasOurs = change.states().stream().anyMatch(EndpointsPlanner::isOurs);
    if (change.isDeletion() || wasOurs || mayBeLeft) {
      sink.accept(Resources.SERVICES.keyOf(change.after()));
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> present = view.get(Resources.ENDPOINTS, key.namespace(), key.name());
    Optional<KubeObject> service = view.get(key);
    if (service.isEmpty()) {
      // Those that somebody wrote by hand end with their Service as well.
      return present
          .filter(endpoints -> !endpoints.isBeingDeleted())
          .map(endpoints -> Plan.of(Action.delete(Resources.ENDPOINTS, endpoints)))
          .orElse(Plan.NOTHING);
    }
    var selector = ServiceBackend.selectorOf(service.get());
    if (selector.isEmpty() || service.get().isBeingDeleted()) {
      return Plan.NOTHING;
    }
    List<KubeObject> pods =
        view.select(Resources.PODS, key.namespace(), LabelSelector.ofLabels(selector));
    return EndpointsPlanner.plan(service.get(), pods, present);
  }
}
