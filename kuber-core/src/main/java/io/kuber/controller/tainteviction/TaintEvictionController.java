package io.kuber.controller.tainteviction;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import io.kuber.view.Toleration;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches a pod with its node's taints and lets {@link TaintEvictionPlanner} decide. */
public final class TaintEvictionController implements Controller {
  @Override
  public String name() {
    return "taint-eviction-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.on(Resources.NODES, TaintEvictionController::podsOfTainted),
        Trigger.on(Resources.PODS, TaintEvictionController::boundOrTolerant));
  }

  private static void podsOfTainted(Change change, View view, Consumer<Key> sink) {
    Items after = change.after().spec().items("taints");
    boolean same =
        change.before().map(before -> before.spec().items("taints")).equals(Optional.of(after));
    if (!same && !change.isDeletion()) {
      view.podsOnNode(change.key().name()).forEach(pod -> sink.accept(Resources.PODS.keyOf(pod)));
    }
  }

  private static void boundOrTolerant(Change change, View view, Consumer<Key> sink) {
    String node = Pods.nodeName(change.after());
    boolean same =
        change
            .before()
            .filter(before -> Pods.nodeName(before).equals(node))
            .filter(before -> Toleration.of(before).equals(Toleration.of(change.after())))
            .isPresent();
    if (!node.isEmpty() && !same) {
      sink.accept(change.key());
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> pod = view.get(key).filter(found -> !found.isBeingDeleted());
    return pod.flatMap(found -> view.get(Resources.NODES, "", Pods.nodeName(found)))
        .map(node -> TaintEvictionPlanner.plan(pod.orElseThrow(), node, now))
        .orElse(Plan.NOTHING);
  }
}
