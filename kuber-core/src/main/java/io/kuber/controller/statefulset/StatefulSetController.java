package io.kuber.controller.statefulset;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Claim;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.reconcile.history.History;
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
            Resources.PODS, Resources.STATEFUL_SETS, StatefulSetController::selectorOf));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(set -> plan(view, set, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject set, Instant now) {
    Claim pods =
        Claim.of(
            view,
            Resources.PODS,
            Resources.STATEFUL_SETS,
            set,
            selectorOf(set),
            pod -> Identity.ordinalOf(set, pod) >= 0);
    Claim revisions =
        Claim.of(
            view,
            Resources.CONTROLLER_REVISIONS,
            Resources.STATEFUL_SETS,
            set,
            selectorOf(set),
            revision -> true);
    if (!pods.changes().isEmpty()) {
      return pods.plan();
    } else if (!revisions.changes().isEmpty()) {
      return revisions.plan();
    }
    History history =
        History.of(
            set,
            Revision.HASH,
            revisions.owned(),
            name -> view.get(Resources.CONTROLLER_REVISIONS, set.namespace(), name));
    Claims claims =
        new Claims(
            set, name -> view.get(Resources.PERSISTENT_VOLUME_CLAIMS, set.namespace(), name));
    return new StatefulSetPlanner(set, pods.owned(), history, claims, now).plan();
  }

  private static LabelSelector selectorOf(KubeObject set) {
    return set.spec().get("selector") instanceof Tree selector
        ? LabelSelector.of(selector)
        : LabelSelector.NOTHING;
  }
}
