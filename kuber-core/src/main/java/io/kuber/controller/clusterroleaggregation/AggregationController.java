package io.kuber.controller.clusterroleaggregation;

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

/** Keeps the rules of ClusterRoles that gather those of others. */
public final class AggregationController implements Controller {
  /** Looks at all ClusterRoles. */
  public AggregationController() {}

  @Override
  public String name() {
    return "clusterrole-aggregation-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.on(Resources.CLUSTER_ROLES, AggregationController::gatherers));
  }

  /** Any change may concern any role that gathers. */
  private static void gatherers(Change change, View view, Consumer<Key> sink) {
    view.list(Resources.CLUSTER_ROLES, "").stream()
        .filter(AggregationPlanner::gathers)
        .forEach(role -> sink.accept(Resources.CLUSTER_ROLES.keyOf(role)));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(AggregationPlanner::gathers)
        .map(role -> AggregationPlanner.plan(role, roles(view)))
        .orElse(Plan.NOTHING);
  }

  private static List<KubeObject> roles(View view) {
    return view.list(Resources.CLUSTER_ROLES, "");
  }
}
