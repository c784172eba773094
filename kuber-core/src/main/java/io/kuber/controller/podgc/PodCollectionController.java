package io.kuber.controller.podgc;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
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
  /** The node of a pod may come later than the pod (upstream: quarantineTime). */
  private static final Duration QUARANTINE = Duration.ofSeconds(40);

  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

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
    if (change.isDeletion() || isOutOfService(change.after())) {
      view.podsOnNode(change.key().name()).forEach(pod -> sink.accept(Resources.PODS.keyOf(pod)));
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(pod -> plan(view, pod, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject pod, Instant now) {
    String node = Pods.nodeName(pod);
    if (node.isEmpty()) {
      return pod.isBeingDeleted() ? Plan.of(deleteAtOnce(pod)) : Plan.NOTHING;
    }
    Optional<KubeObject> present = view.get(Resources.NODES, "", node);
    if (present.isPresent()) {
      return pod.isBeingDeleted() && isOutOfService(present.get())
          ? Plan.of(deleteAtOnce(pod))
          : Plan.NOTHING;
    }
    Instant due = pod.createdAt().plus(QUARANTINE);
    if (due.isAfter(now)) {
      return Plan.builder().againAfter(Duration.between(now, due)).build();
    }
    return Pods.isFinished(pod)
        ? Plan.of(deleteAtOnce(pod))
        : Plan.of(Action.updateStatus(Resources.PODS, failed(pod, now)), deleteAtOnce(pod));
  }

  /** Nobody will report the end of the pods of such a node (upstream: gcTerminating). */
  private static boolean isOutOfService(KubeObject node) {
    boolean ready = Condition.find(node.status(), "Ready").filter(Condition::isTrue).isPresent();
    return !ready
        && node.spec().items("taints").trees().stream()
            .anyMatch(taint -> taint.text("key").equals(OUT_OF_SERVICE));
  }

  private static KubeObject failed(KubeObject pod, Instant now) {
    Condition disrupted =
        Condition.of(
            "DisruptionTarget", "True", "DeletionByPodGC", "PodGC: node no longer exists", now);
    Tree status = disrupted.putInto(pod.status()).with("phase", "Failed");
    return pod.with(status, "status");
  }

  private static Action deleteAtOnce(KubeObject pod) {
    return new Action.Delete(
        Resources.PODS, pod.namespace(), pod.name(), new DeleteOptions(0, "", pod.uid(), ""));
  }
}
