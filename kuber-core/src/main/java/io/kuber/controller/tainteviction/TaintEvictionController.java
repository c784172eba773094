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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fetches a pod with its node's taints and lets {@link TaintEvictionPlanner} decide.
 *
 * <p>Owned by the reconciler's loop. Remembers who waits for his end, to tell when it is called
 * off; nothing else rests on that, so that a start anew costs no more than a note.
 */
public final class TaintEvictionController implements Controller {
  /** At most one for each pod on a tainted node. */
  private final Map<Key, Waiting> waiting = new HashMap<>();

  /** A pod that goes at that time unless something changes. */
  private record Waiting(KubeObject pod, Instant due) {}

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
    if (!node.isEmpty() && (!same || change.isDeletion())) {
      sink.accept(change.key());
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> pod = view.get(key).filter(found -> !found.isBeingDeleted());
    Plan plan =
        pod.flatMap(found -> view.get(Resources.NODES, "", Pods.nodeName(found)))
            .map(node -> TaintEvictionPlanner.plan(pod.orElseThrow(), node, now))
            .orElse(Plan.NOTHING);
    Waiting before = waiting.remove(key);
    if (plan.again().isPresent()) {
      waiting.put(key, new Waiting(pod.orElseThrow(), now.plus(plan.again().get())));
      return plan;
    }
    return before != null && now.isBefore(before.due()) ? calledOff(before.pod(), plan) : plan;
  }

  private static Plan calledOff(KubeObject pod, Plan then) {
    Plan.Builder plan = Plan.builder().then(TaintEvictionPlanner.cancelled(pod));
    then.steps().forEach(plan::together);
    return plan.build();
  }
}
