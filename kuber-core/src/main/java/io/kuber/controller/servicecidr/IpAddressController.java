package io.kuber.controller.servicecidr;

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

/** Keeps an IPAddress for each address that a Service has, and for none that it had. */
public final class IpAddressController implements Controller {
  /** Looks at all Services. */
  public IpAddressController() {}

  @Override
  public String name() {
    return "ipallocator-repair-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.on(Resources.SERVICES, IpAddressController::ofService),
        Trigger.on(Resources.IP_ADDRESSES, IpAddressController::ofAddress));
  }

  private static void ofService(Change change, View view, Consumer<Key> sink) {
    sink.accept(change.key());
    for (KubeObject state : change.states()) {
      for (String address : IpAddressPlanner.addresses(state)) {
        sink.accept(Resources.IP_ADDRESSES.key("", address));
      }
    }
  }

  private static void ofAddress(Change change, View view, Consumer<Key> sink) {
    sink.accept(change.key());
    for (KubeObject state : change.states()) {
      IpAddressPlanner.service(state).ifPresent(sink);
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    boolean isService = key.resource().equals(Resources.SERVICES.qualifiedName());
    return view.get(key)
        .map(
            object ->
                isService
                    ? IpAddressPlanner.ofService(object, view::get)
                    : IpAddressPlanner.ofAddress(object, view::get))
        .orElse(Plan.NOTHING);
  }
}
