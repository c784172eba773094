package io.kuber.controller.daemonset;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
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
import java.util.function.Consumer;

/**
 * Fetches a DaemonSet with its pods, revisions and all nodes, and lets {@link DaemonSetPlanner}
 * decide.
 */
public final class DaemonSetController implements Controller {
  private final FailedPods failed = new FailedPods();

  @Override
  public String name() {
    return "daemonset-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.DAEMON_SETS),
        Trigger.controllerOf(Resources.PODS, Resources.DAEMON_SETS),
        Trigger.controllerOf(Resources.CONTROLLER_REVISIONS, Resources.DAEMON_SETS),
        Trigger.adopters(
            Resources.PODS, Resources.DAEMON_SETS, set -> LabelSelector.ofSpec(set.spec())),
        Trigger.on(Resources.NODES, DaemonSetController::ofNode));
  }

  /** All DaemonSets, when a node comes, goes, or changes what decides about its pods. */
  private static void ofNode(Change change, View view, Consumer<Key> sink) {
    boolean same =
        !change.isDeletion()
            && change.before().filter(before -> decidesAlike(before, change.after())).isPresent();
    if (!same) {
      view.list(Resources.DAEMON_SETS, "")
          .forEach(set -> sink.accept(Resources.DAEMON_SETS.keyOf(set)));
    }
  }

  private static boolean decidesAlike(KubeObject before, KubeObject after) {
    return before.labels().equals(after.labels())
        && before.spec().items("taints").equals(after.spec().items("taints"));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(set -> plan(view, set, now)).orElse(Plan.NOTHING);
  }

  private Plan plan(View view, KubeObject set, Instant now) {
    if (set.isBeingDeleted()) {
      return Plan.NOTHING;
    }
    List<KubeObject> nodes = view.list(Resources.NODES, "");
    return Claimed.of(view, Resources.DAEMON_SETS, set, Revision.OF_POD, pod -> true)
        .plan(
            (pods, history) -> new DaemonSetPlanner(set, pods, nodes, history, failed, now).plan());
  }
}
