package io.kuber.controller.statefulset;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.reconcile.history.Claimed;
import io.kuber.reconcile.history.Revision;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;

/**
 * Fetches a StatefulSet with its pods, claims and revisions, and lets {@link StatefulSetPlanner}
 * decide.
 */
public final class StatefulSetController implements Controller {
  @Override
  public String name() {
    return "statefulset-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.STATEFUL_SETS),
        Trigger.controllerOf(Resources.PODS, Resources.STATEFUL_SETS),
        Trigger.controllerOf(Resources.CONTROLLER_REVISIONS, Resources.STATEFUL_SETS),
        Trigger.adopters(
            Resources.PODS, Resources.STATEFUL_SETS, set -> LabelSelector.ofSpec(set.spec())));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(set -> plan(view, set, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject set, Instant now) {
    Claims claims =
        new Claims(
            set, name -> view.get(Resources.PERSISTENT_VOLUME_CLAIMS, set.namespace(), name));
    return Claimed.of(
            view,
            Resources.STATEFUL_SETS,
            set,
            Revision.HASH,
            pod -> Identity.ordinalOf(set, pod) >= 0)
        .plan((pods, history) -> new StatefulSetPlanner(set, pods, history, claims, now).plan());
  }
}
