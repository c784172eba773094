package io.kuber.controller.replicaset;

import io.kuber.api.ApiException;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.OwnedPods;
import io.kuber.reconcile.Plan;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * Decides which pods of a ReplicaSet, or of a ReplicationController, to create or delete, and what
 * its status says.
 */
final class ReplicaSetPlanner {
  /** Pods created or deleted by one plan (upstream: BurstReplicas). */
  static final int MAX_PODS_PER_PLAN = 500;

  private ReplicaSetPlanner() {}

  /**
   * Plans for a ReplicaSet.
   *
   * @param type of which of the two kinds it is
   */
  static Plan plan(ResourceType type, KubeObject replicaSet, Members members, Instant now) {
    List<KubeObject> pods = members.active();
    long missing = replicasOf(replicaSet) - pods.size();
    Plan.Builder plan = Plan.builder();
    if (!replicaSet.isBeingDeleted() && missing > 0) {
      int count = (int) Math.min(missing, MAX_PODS_PER_PLAN);
      plan.inGrowingBatches(Collections.nCopies(count, create(replicaSet)));
    } else if (!replicaSet.isBeingDeleted() && missing < 0) {
      int surplus = (int) Math.min(-missing, MAX_PODS_PER_PLAN);
      List<KubeObject> doomed = PodRanking.firstToGo(pods, members.related(), surplus, now);
      plan.together(doomed.stream().map(pod -> delete(replicaSet, pod)).toList());
    }
    updateStatus(type, replicaSet, ReplicaSetStatus.of(replicaSet, members, now), plan);
    long minReadySeconds = replicaSet.spec().number(0, "minReadySeconds");
    OwnedPods.awaitAvailability(pods, minReadySeconds, now, plan);
    return plan.onFailure(failure -> report(type, replicaSet, members, failure, missing, now))
        .build();
  }

  private static Action create(KubeObject owner) {
    KubeObject pod = OwnedPods.of(owner, owner.spec().tree("template"));
    return new Action.Create(Resources.PODS, pod)
        .announcing(
            Announcement.ofDone(owner, "SuccessfulCreate", "Created pod: %s")
                .orFailed("FailedCreate", "Error creating: %s"));
  }

  private static Action delete(KubeObject replicaSet, KubeObject pod) {
    return Action.delete(Resources.PODS, pod)
        .announcing(
            Announcement.ofDone(replicaSet, "SuccessfulDelete", "Deleted pod: %s")
                .orFailed("FailedDelete", "Error deleting: %s"));
  }

  private static void updateStatus(
      ResourceType type, KubeObject replicaSet, Tree status, Plan.Builder plan) {
    if (!status.equals(replicaSet.status())) {
      plan.then(Action.updateStatus(type, replicaSet.with(status, "status")));
    }
  }

  private static List<Action> report(
      ResourceType type,
      KubeObject replicaSet,
      Members members,
      ApiException failure,
      long missing,
      Instant now) {
    Tree status =
        ReplicaSetStatus.withFailure(
            ReplicaSetStatus.of(replicaSet, members, now), failure, missing > 0, now);
    return missing == 0 || status.equals(replicaSet.status())
        ? List.of()
        : List.of(Action.updateStatus(type, replicaSet.with(status, "status")));
  }

  static long replicasOf(KubeObject replicaSet) {
    return replicaSet.spec().number(1, "replicas");
  }
}
