package io.kuber.controller.replicaset;

import io.kuber.api.ApiException;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides which pods of a ReplicaSet to create or delete, and what its status says. */
final class ReplicaSetPlanner {
  /** Pods created or deleted by one plan (upstream: BurstReplicas). */
  static final int MAX_PODS_PER_PLAN = 500;

  private ReplicaSetPlanner() {}

  /**
   * Plans for a ReplicaSet.
   *
   * @param pods its active pods
   * @param related the active pods of all ReplicaSets with the same controller
   */
  static Plan plan(
      KubeObject replicaSet, List<KubeObject> pods, List<KubeObject> related, Instant now) {
    long missing = replicasOf(replicaSet) - pods.size();
    Plan.Builder plan = Plan.builder();
    if (!replicaSet.isBeingDeleted() && missing > 0) {
      create(replicaSet, (int) Math.min(missing, MAX_PODS_PER_PLAN), plan);
    } else if (!replicaSet.isBeingDeleted() && missing < 0) {
      int surplus = (int) Math.min(-missing, MAX_PODS_PER_PLAN);
      List<KubeObject> doomed = PodRanking.firstToGo(pods, related, surplus, now);
      plan.together(doomed.stream().map(pod -> delete(replicaSet, pod)).toList());
    }
    updateStatus(replicaSet, ReplicaSetStatus.of(replicaSet, pods, now), plan);
    nextAvailability(replicaSet, pods, now, plan);
    return plan.onFailure(failure -> report(replicaSet, pods, failure, missing, now)).build();
  }

  /** Batches of 1, 2, 4 ...: when the API refuses the first pod, hundreds need not be tried. */
  private static void create(KubeObject replicaSet, int count, Plan.Builder plan) {
    Action creation =
        new Action.Create(Resources.PODS, podOf(replicaSet))
            .announcing(
                Announcement.ofDone(replicaSet, "SuccessfulCreate", "Created pod: %s")
                    .orFailed("FailedCreate", "Error creating: %s"));
    int planned = 0;
    for (int batch = 1; planned < count; batch *= 2) {
      int size = Math.min(batch, count - planned);
      List<Action> together = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        together.add(creation);
      }
      plan.together(together);
      planned += size;
    }
  }

  private static KubeObject podOf(KubeObject replicaSet) {
    Tree template = replicaSet.spec().tree("template");
    Tree.Builder metadata =
        Tree.builder()
            .put("generateName", replicaSet.name() + "-")
            .put("namespace", replicaSet.namespace())
            .putIfPresent("labels", template.at("metadata", "labels"))
            .putIfPresent("annotations", template.at("metadata", "annotations"))
            .putIfPresent("finalizers", template.at("metadata", "finalizers"))
            .put("ownerReferences", Items.of(OwnerReference.controllerOf(replicaSet).toTree()));
    return KubeObject.of(
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "metadata",
            metadata.build(),
            "spec",
            template.tree("spec")));
  }

  private static Action delete(KubeObject replicaSet, KubeObject pod) {
    return Action.delete(Resources.PODS, pod)
        .announcing(
            Announcement.ofDone(replicaSet, "SuccessfulDelete", "Deleted pod: %s")
                .orFailed("FailedDelete", "Error deleting: %s"));
  }

  private static void updateStatus(KubeObject replicaSet, Tree status, Plan.Builder plan) {
    if (!status.equals(replicaSet.status())) {
      plan.then(Action.updateStatus(Resources.REPLICA_SETS, replicaSet.with(status, "status")));
    }
  }

  /** A ready pod becomes available by nothing but time passing. */
  private static void nextAvailability(
      KubeObject replicaSet, List<KubeObject> pods, Instant now, Plan.Builder plan) {
    long minReadySeconds = replicaSet.spec().number(0, "minReadySeconds");
    for (KubeObject pod : pods) {
      Pods.availableFrom(pod, minReadySeconds)
          .filter(from -> from.isAfter(now))
          .ifPresent(from -> plan.againAfter(Duration.between(now, from)));
    }
  }

  private static List<Action> report(
      KubeObject replicaSet,
      List<KubeObject> pods,
      ApiException failure,
      long missing,
      Instant now) {
    Tree status =
        ReplicaSetStatus.withFailure(
            ReplicaSetStatus.of(replicaSet, pods, now), failure, missing > 0, now);
    return missing == 0 || status.equals(replicaSet.status())
        ? List.of()
        : List.of(Action.updateStatus(Resources.REPLICA_SETS, replicaSet.with(status, "status")));
  }

  static long replicasOf(KubeObject replicaSet) {
    return replicaSet.spec().number(1, "replicas");
  }
}
