package io.kuber.controller.endpointslice;

import io.kuber.object.KubeObject;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Fetches a Service with its pods and slices and lets {@link EndpointSlicePlanner} decide. */
public final class EndpointSliceController implements Controller {
  @Override
  public String name() {
    return "endpoint-slice-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.SERVICES),
        Trigger.on(Resources.PODS, ServiceTriggers::ofPod),
        Trigger.on(Resources.NODES, ServiceTriggers::ofNode),
        Trigger.on(Resources.ENDPOINT_SLICES, EndpointSliceController::service));
  }

  /** A slice that people relabel leaves one Service, and may come to another. */
  private static void service(Change change, View view, Consumer<Key> sink) {
    for (KubeObject slice : change.states()) {
      String name = EndpointSlicePlanner.serviceOf(slice);
      if (!name.isEmpty()) {
        sink.accept(Resources.SERVICES.key(slice.namespace(), name));
      }
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> service = view.get(key).filter(found -> !found.isBeingDeleted());
    if (service.isEmpty() || ServiceBackend.selectorOf(service.get()).isEmpty()) {
      // The garbage collector deletes the slices of a Service that is gone.
      return Plan.NOTHING;
    }
    LabelSelector selector = LabelSelector.ofLabels(ServiceBackend.selectorOf(service.get()));
    return EndpointSlicePlanner.plan(
        service.get(),
        view.select(Resources.PODS, key.namespace(), selector),
        slices(view, service.get()),
        node -> view.get(Resources.NODES, "", node).map(ServiceTriggers::zoneOf));
  }

  /** Those that it owns, and those that say they are its own though they are not. */
  private static Set<KubeObject> slices(View view, KubeObject service) {
    Set<KubeObject> slices =
        new LinkedHashSet<>(view.slicesOfService(service.namespace(), service.name()));
    slices.addAll(view.controlledBy(Resources.ENDPOINT_SLICES, service.uid()));
    slices.removeIf(slice -> !EndpointSlicePlanner.isOurs(slice) || slice.isBeingDeleted());
    return slices;
  }
}
