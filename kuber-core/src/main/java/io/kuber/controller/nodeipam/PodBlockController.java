package io.kuber.controller.nodeipam;

import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.AddressRange;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at all Nodes whenever one asks for a block of addresses, or goes.
 *
 * <p>All of them are one key, so that there is one plan at a time, which knows what the last one
 * did: two plans that begin together would give one block twice.
 */
public final class PodBlockController implements Controller {
  private static final Key ALL = Resources.NODES.key("", "pod-blocks");

  private final AddressRange pods;

  /** Gives blocks of the addresses of the cluster's pods. */
  public PodBlockController(AddressRange pods) {
    this.pods = pods;
  }

  @Override
  public String name() {
    return "node-ipam-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.on(Resources.NODES, PodBlockController::all));
  }

  private static void all(Change change, View view, Consumer<Key> sink) {
    if (change.isDeletion() || PodBlockPlanner.wants(change.after())) {
      sink.accept(ALL);
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return PodBlockPlanner.plan(pods, view.list(Resources.NODES, ""));
  }
}
