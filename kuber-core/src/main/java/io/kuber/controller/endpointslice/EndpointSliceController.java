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
import io.kuber.view.Pods;
import io.kuber.view.ServiceBackend;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches a Service with its pods and slices and lets {@link EndpointSlicePlanner} decide. */
public final class EndpointSliceController implements Controller {
  private static final String ZONE = "topology.kubernetes.io/zone";

  @Override
  public String name() {
    return "endpoint-slice-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.SERVICES),
        Trigger.on(Resources.PODS, ServiceTriggers::ofPod),
        Trigger.on(Resources.ENDPOINT_SLICES, EndpointSliceController::service));
  }

  private static void service(Change change, View view, Consumer<Key> sink) {
    String name = change.after().labels().getOrDefault(EndpointSlicePlanner.SERVICE_NAME, "");
    if (!name.isEmpty() && EndpointSlicePlanner.isOurs(change.after())) {
      sink.accept(Resources.SERVICES.key(change.key().namespace(), name));
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
    List<KubeObject> slices =
        view.controlledBy(Resources.ENDPOINT_SLICES, service.get().uid()).stream()
            .filter(slice -> EndpointSlicePlanner.isOurs(slice) && !slice.isBeingDeleted())
            .toList();
    return EndpointSlicePlanner.plan(
        service.get(),
        view.select(Resources.PODS, key.namespace(), selector),
        slices,
        pod -> zoneOf(view, pod));
  }

  private static String zoneOf(View view, KubeObject pod) {
    return view.get(Resources.NODES, "", Pods.nodeName(pod))
        .map(node -> node.labels().getOrDefault(ZONE, ""))
        .orElse("");
  }
}
