package io.kuber.controller.servicelb;

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

/**
 * Looks at all Services of type LoadBalancer whenever one of them changes.
 *
 * <p>All of them are one key, so that there is one plan at a time, which knows what the last one
 * did: two plans that begin together would give one address twice.
 */
public final class BalancerController implements Controller {
  private static final Key ALL = Resources.SERVICES.key("", "load-balancers");

  private final BalancerPool pool;

  /** Gives out the addresses of the pool. */
  public BalancerController(BalancerPool pool) {
    this.pool = pool;
  }

  @Override
  public String name() {
    return "service-lb-controller";
  }

  @Override
  public String reporter() {
    return "service-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.on(Resources.SERVICES, this::all));
  }

  private void all(Change change, View view, Consumer<Key> sink) {
    if (!pool.isEmpty() && change.states().stream().anyMatch(Balancing::isBalanced)) {
      sink.accept(ALL);
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return BalancerPlanner.plan(
        pool, view.list(Resources.SERVICES, "").stream().filter(Balancing::isBalanced).toList());
  }
}
