package io.kuber.controller.statefulset;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.history.Revision;
import io.kuber.view.Pods;
import java.time.Instant;
import java.util.List;

/** Computes the status of a StatefulSet from its pods (upstream: computeReplicaStatus). */
final class StatefulSetStatus {
  private StatefulSetStatus() {}

  static Tree of(
      KubeObject set,
      List<KubeObject> pods,
      Revision current,
      Revision update,
      long collisions,
      Instant now) {
    long minReadySeconds = set.spec().number(0, "minReadySeconds");
    long ready = 0;
    long available = 0;
    for (KubeObject pod : pods) {
      boolean isReady = isRunningAndReady(pod);
      ready += isReady ? 1 : 0;
      available += isReady && Pods.isAvailable(pod, minReadySeconds, now) ? 1 : 0;
    }
    long updated = of(pods, update);
    boolean complete = isComplete(set, pods.size(), ready, updated);
    Tree status =
        set.status()
            .with("observedGeneration", set.generation())
            .with("replicas", (long) pods.size());
    status = count(status, "readyReplicas", ready);
    status = count(status, "currentReplicas", complete ? updated : of(pods, current));
    status = count(status, "updatedReplicas", updated);
    return status
        .with("currentRevision", complete ? update.name() : current.name())
        .with("updateRevision", update.name())
        .with("collisionCount", collisions)
        .with("availableReplicas", available);
  }

  private static long of(List<KubeObject> pods, Revision revision) {
    return pods.stream()
        .filter(pod -> !pod.isBeingDeleted())
        .filter(pod -> revisionOf(pod).equals(revision.name()))
        .count();
  }

  private static boolean isComplete(KubeObject set, long replicas, long ready, long updated) {
    long wanted = set.spec().number(1, "replicas");
    return set.spec().text("updateStrategy", "type").equals("RollingUpdate")
        && updated == wanted
        && ready == wanted
        && replicas == wanted;
  }

  /** Counts of zero are left out, as upstream leaves most of them out. */
  private static Tree count(Tree status, String field, long count) {
    return count == 0 ? status.without(field) : status.with(field, count);
  }

  static boolean isRunningAndReady(KubeObject pod) {
    return Pods.phase(pod).equals("Running") && Pods.isReady(pod);
  }

  static String revisionOf(KubeObject pod) {
    return pod.labels().getOrDefault(Revision.OF_POD, "");
  }
}
