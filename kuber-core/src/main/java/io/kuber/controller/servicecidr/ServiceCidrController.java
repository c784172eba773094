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

/** Tells of ServiceCIDRs that they are ready, and lets none go whose addresses are in use. */
public final class ServiceCidrController implements Controller {
  /** Looks at all ServiceCIDRs. */
  public ServiceCidrController() {}

  @Override
  public String name() {
    return "service-cidr-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.SERVICE_CIDRS),
        Trigger.on(Resources.SERVICE_CIDRS, ServiceCidrController::ending),
        Trigger.on(Resources.IP_ADDRESSES, ServiceCidrController::ending));
  }

  /** What comes and goes decides on those that wait for their end. */
  private static void ending(Change change, View view, Consumer<Key> sink) {
    for (KubeObject range : view.list(Resources.SERVICE_CIDRS, "")) {
      if (range.isBeingDeleted()) {
        sink.accept(Resources.SERVICE_CIDRS.keyOf(range));
      }
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(range -> plan(view, range, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject range, Instant now) {
    return range.isBeingDeleted()
        ? RangePlanner.end(
            range,
            view.list(Resources.SERVICE_CIDRS, ""),
            view.list(Resources.IP_ADDRESSES, ""),
            now)
        : RangePlanner.begin(range, now);
  }
}
