package io.kuber.controller.replicaset;

import io.kuber.api.ApiException;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Computes the status of a ReplicaSet from its active pods. */
final class ReplicaSetStatus {
  private static final String FAILURE = "ReplicaFailure";

  private ReplicaSetStatus() {}

  static Tree of(KubeObject replicaSet, Members members, Instant now) {
    List<KubeObject> pods = members.active();
    Map<String, String> wanted = replicaSet.spec().tree("template", "metadata", "labels").texts();
    long minReadySeconds = replicaSet.spec().number(0, "minReadySeconds");
    long labeled = 0;
    long ready = 0;
    long available = 0;
    for (KubeObject pod : pods) {
      labeled += pod.labels().entrySet().containsAll(wanted.entrySet()) ? 1 : 0;
      ready += Pods.isReady(pod) ? 1 : 0;
      available += Pods.isAvailable(pod, minReadySeconds, now) ? 1 : 0;
    }
    Tree status = replicaSet.status().with("replicas", (long) pods.size());
    status = count(status, "fullyLabeledReplicas", labeled);
    status = count(status, "readyReplicas", ready);
    status = count(status, "availableReplicas", available);
    status = status.with("observedGeneration", replicaSet.generation());
    // ReplicationControllers have no such field.
    status =
        replicaSet.kind().equals(Resources.REPLICA_SETS.kind())
            ? status.with("terminatingReplicas", members.terminating())
            : status;
    return ReplicaSetPlanner.replicasOf(replicaSet) == pods.size()
        ? Condition.removeFrom(status, FAILURE)
        : status;
  }

  /** Counts of zero are left out, as upstream leaves them out. */
  private static Tree count(Tree status, String field, long count) {
    return count == 0 ? status.without(field) : status.with(field, count);
  }

  /** The status that says why pods could not be created or deleted. */
  static Tree withFailure(Tree status, ApiException failure, boolean creating, Instant now) {
    if (Condition.find(status, FAILURE).isPresent()) {
      return status;
    }
    String reason = creating ? "FailedCreate" : "FailedDelete";
    String message = String.valueOf(failure.getMessage());
    return Condition.of(FAILURE, "True", reason, message, now).putInto(status);
  }
}
