package io.kuber.controller.podgc;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import io.kuber.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Deletes pods whose node is gone, and pods in deletion that never had one or whose node is out of
 * service by somebody's word.
 */
public final class PodCollectionController implements Controller {
  /** A node that is missing may come, or come back (upstream: quarantineTime). */
  private static final Duration QUARANTINE = Duration.ofSeconds(40);

  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

  private final LostNodes lost = new LostNodes();

  @Override
  public String name() {
    return "pod-garbage-collector-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.PODS),
        Trigger.on(Resources.NODES, PodCollectionController::podsOfLost));
  }

  private static void podsOfLost(Change change, View view, Consumer<Key> sink) {
    if (change.isDeletion() || change.before().isEmpty() || isOutOfService(change.after())) {
      view.podsOnNode(change.key().name()).forEach(pod -> sink.accept(Resources.PODS.keyOf(pod)));
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(pod -> plan(view, pod, now)).orElse(Plan.NOTHING);
  }

  private Plan plan(View view, KubeObject pod, Instant now) {
    String node = Pods.nodeName(pod);
    if (node.isEmpty()) {
      return pod.isBeingDeleted() ? end(pod) : Plan.NOTHING;
    }
    Optional<KubeObject> present = view.get(Resources.NODES, "", node);
    if (present.isPresent()) {
      lost.found(node);
      return pod.isBeingDeleted() && isOutOfService(present.get()) ? end(pod) : Plan.NOTHING;
    }
    Instant due = lost.missedSince(node, now).plus(QUARANTINE);
    return due.isAfter(now)
        ? Plan.builder().againAfter(Duration.between(now, due)).build()
        : collect(pod, node, now);
  }

  private static Plan end(KubeObject pod) {
    return Plan.of(Ending.of(pod, Optional.empty()).toArray(Action[]::new));
  }

  private static Plan collect(KubeObject pod, String node, Instant now) {
    Condition why =
        Condition.of(
            "DisruptionTarget", "True", "DeletionByPodGC", "PodGC: node no longer exists", now);
    Plan.Builder plan = Plan.builder().then(new Action.ConfirmAbsence(Resources.NODES, "", node));
    Ending.of(pod, Optional.of(why)).forEach(plan::then);
    return plan.build();
  }

  /** Nobody will report the end of the pods of such a node (upstream: gcTerminating). */
  private static boolean isOutOfService(KubeObject node) {
    boolean ready = Condition.find(node.status(), "Ready").filter(Condition::isTrue).isPresent();
    return !ready
        && node.spec().items("taints").trees().stream()
            .anyMatch(taint -> taint.text("key").equals(OUT_OF_SERVICE));
  }
}
