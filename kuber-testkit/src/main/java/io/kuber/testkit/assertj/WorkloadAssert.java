package io.kuber.testkit.assertj;

import io.kuber.object.KubeObject;
import java.util.Optional;

/** Assertions on what keeps pods: Deployment, ReplicaSet, StatefulSet, DaemonSet. */
public final class WorkloadAssert extends ResourceAssert<WorkloadAssert> {
  private final boolean isOnNodes;

  WorkloadAssert(Subject subject) {
    super(subject, WorkloadAssert.class);
    this.isOnNodes = subject.kind().equals("DaemonSet");
  }

  /** It has so many pods, ready or not. */
  public WorkloadAssert hasReplicas(int count) {
    return hasCount(count, "", isOnNodes ? "currentNumberScheduled" : "replicas");
  }

  /** So many of its pods are ready. */
  public WorkloadAssert hasReadyReplicas(int count) {
    return hasCount(count, "ready ", isOnNodes ? "numberReady" : "readyReplicas");
  }

  /** So many of its pods have been ready for long enough. */
  public WorkloadAssert hasAvailableReplicas(int count) {
    return hasCount(count, "available ", isOnNodes ? "numberAvailable" : "availableReplicas");
  }

  /** So many of its pods are as its template now says. */
  public WorkloadAssert hasUpdatedReplicas(int count) {
    return hasCount(count, "updated ", isOnNodes ? "updatedNumberScheduled" : "updatedReplicas");
  }

  private WorkloadAssert hasCount(int count, String which, String field) {
    return expectOf(
        "to have " + count + " " + which + (count == 1 ? "replica" : "replicas"),
        object -> {
          long actual = object.status().number(0, field);
          return unless(actual == count, "it has " + actual);
        });
  }

  /**
   * Its controller has seen what is wanted, and all pods that are wanted are there, as the template
   * says, and available: what {@code kubectl rollout status} waits for.
   */
  public WorkloadAssert isRolledOut() {
    return expectOf("to be rolled out", this::whatIsMissing);
  }

  private Optional<String> whatIsMissing(KubeObject object) {
    if (object.status().number(0, "observedGeneration") < object.generation()) {
      return Optional.of("its controller has not seen the last change");
    }
    long wanted =
        isOnNodes
            ? object.status().number(0, "desiredNumberScheduled")
            : object.spec().number(1, "replicas");
    long updated =
        object.kind().equals("ReplicaSet")
            ? wanted
            : object.status().number(0, isOnNodes ? "updatedNumberScheduled" : "updatedReplicas");
    long all = object.status().number(0, isOnNodes ? "currentNumberScheduled" : "replicas");
    long available = object.status().number(0, isOnNodes ? "numberAvailable" : "availableReplicas");
    return unless(
        wanted == updated && wanted == all && wanted == available,
        "of %d replicas wanted %d are updated and %d available, and there are %d in all"
            .formatted(wanted, updated, available, all));
  }
}
