package io.kuber.controller.replicaset;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.Claim;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;

/**
 * Fetches a ReplicaSet with its pods and lets {@link ReplicaSetPlanner} decide.
 * ReplicationControllers are the same but for their selector, which has no operators.
 */
public final class ReplicaSetController implements Controller {
  private final String name;
  private final ResourceType type;

  private ReplicaSetController(String name, ResourceType type) {
    this.name = name;
    this.type = type;
  }

  /** The controller of ReplicaSets. */
  public static ReplicaSetController ofReplicaSets() {
    return new ReplicaSetController("replicaset-controller", Resources.REPLICA_SETS);
  }

  /** The controller of ReplicationControllers (upstream: pkg/controller/replication). */
  public static ReplicaSetController ofReplicationControllers() {
    return new ReplicaSetController("replication-controller", Resources.REPLICATION_CONTROLLERS);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(type),
        Trigger.controllerOf(Resources.PODS, type),
        Trigger.adopters(Resources.PODS, type, ReplicaSetController::selectorOf));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(replicaSet -> plan(view, replicaSet, now)).orElse(Plan.NOTHING);
  }

  private Plan plan(View view, KubeObject replicaSet, Instant now) {
    Claim claim =
        Claim.of(view, Resources.PODS, type, replicaSet, selectorOf(replicaSet), Pods::isActive);
    if (!claim.changes().isEmpty()) {
      return claim.plan();
    }
    Members members =
        new Members(claim.owned(), related(view, replicaSet), terminating(view, replicaSet));
    return ReplicaSetPlanner.plan(type, replicaSet, members, now);
  }

  private static long terminating(View view, KubeObject replicaSet) {
    LabelSelector selector = selectorOf(replicaSet);
    return view.controlledBy(Resources.PODS, replicaSet.uid()).stream()
        .filter(pod -> pod.isBeingDeleted() && !Pods.isFinished(pod))
        .filter(pod -> selector.matches(pod.metadata().tree("labels")))
        .count();
  }

  /** The active pods of all ReplicaSets with the same controller, which spread together. */
  private List<KubeObject> related(View view, KubeObject replicaSet) {
    String owner = replicaSet.controller().map(OwnerReference::uid).orElse("");
    List<KubeObject> siblings =
        owner.isEmpty() ? List.of(replicaSet) : view.controlledBy(type, owner);
    return siblings.stream()
        .flatMap(sibling -> view.controlledBy(Resources.PODS, sibling.uid()).stream())
        .filter(Pods::isActive)
        .toList();
  }

  private static LabelSelector selectorOf(KubeObject replicaSet) {
    return replicaSet.kind().equals(Resources.REPLICATION_CONTROLLERS.kind())
            && replicaSet.spec().get("selector") instanceof Tree labels
        ? LabelSelector.ofLabels(labels.texts())
        : LabelSelector.ofSpec(replicaSet.spec());
  }
}
