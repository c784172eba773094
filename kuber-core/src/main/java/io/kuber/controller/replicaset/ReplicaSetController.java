package io.kuber.controller.replicaset;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Claim;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Fetches a ReplicaSet with its pods and lets {@link ReplicaSetPlanner} decide. */
public final class ReplicaSetController implements Controller {
  @Override
  public String name() {
    return "replicaset-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.REPLICA_SETS),
        Trigger.controllerOf(Resources.PODS, Resources.REPLICA_SETS),
        Trigger.on(Resources.PODS, ReplicaSetController::adopters));
  }

  /** The ReplicaSets that would adopt a pod that nobody controls. */
  private static void adopters(Change change, View view, Consumer<Key> sink) {
    KubeObject pod = change.after();
    if (change.isDeletion() || pod.controller().isPresent()) {
      return;
    }
    for (KubeObject replicaSet : view.list(Resources.REPLICA_SETS, pod.namespace())) {
      if (selectorOf(replicaSet).matches(pod.metadata().tree("labels"))) {
        sink.accept(Resources.REPLICA_SETS.keyOf(replicaSet));
      }
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(replicaSet -> plan(view, replicaSet, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject replicaSet, Instant now) {
    Claim claim =
        Claim.of(view, Resources.PODS, replicaSet, selectorOf(replicaSet), Pods::isActive);
    return claim.changes().isEmpty()
        ? ReplicaSetPlanner.plan(replicaSet, claim.owned(), related(view, replicaSet), now)
        : claim.plan();
  }

  /** The active pods of all ReplicaSets with the same controller, which spread together. */
  private static List<KubeObject> related(View view, KubeObject replicaSet) {
    String owner = replicaSet.controller().map(OwnerReference::uid).orElse("");
    List<KubeObject> siblings =
        owner.isEmpty() ? List.of(replicaSet) : view.controlledBy(Resources.REPLICA_SETS, owner);
    return siblings.stream()
        .flatMap(sibling -> view.controlledBy(Resources.PODS, sibling.uid()).stream())
        .filter(Pods::isActive)
        .toList();
  }

  private static LabelSelector selectorOf(KubeObject replicaSet) {
    return replicaSet.spec().get("selector") instanceof Tree selector
        ? LabelSelector.of(selector)
        : LabelSelector.NOTHING;
  }
}
