package io.kuber.testkit.scenario;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Condition;

/** Whether an object has come to what a scenario waits for. Pure. */
final class Conditions {
  private Conditions() {}

  /** Whether all pods that are wished for have been made. */
  static boolean isMade(Work work, KubeObject object) {
    Tree status = object.status();
    return switch (work) {
      case DEPLOYMENT, STATEFUL_SET ->
          isObserved(object) && status.number(0, "replicas") >= wished(object);
      case DAEMON_SET ->
          isObserved(object)
              && status.number(0, "currentNumberScheduled")
                  >= status.number(1, "desiredNumberScheduled");
      case JOB -> isDone(object) || status.number(0, "active") > 0;
    };
  }

  /** Whether the object has all its pods, none of an older kind, and all take traffic. */
  static boolean isAvailable(Work work, KubeObject object) {
    Tree status = object.status();
    long wished = wished(object);
    return switch (work) {
      case DEPLOYMENT ->
          isObserved(object)
              && status.number(0, "replicas") == wished
              && status.number(0, "updatedReplicas") == wished
              && status.number(0, "availableReplicas") == wished;
      case STATEFUL_SET ->
          isObserved(object)
              && status.number(0, "replicas") == wished
              && status.number(0, "readyReplicas") == wished
              && status.text("currentRevision").equals(status.text("updateRevision"));
      case DAEMON_SET -> {
        long nodes = status.number(-1, "desiredNumberScheduled");
        yield isObserved(object)
            && status.number(0, "numberReady") == nodes
            && status.number(0, "updatedNumberScheduled") == nodes;
      }
      case JOB -> true;
    };
  }

  /** Whether a Job has done its work. */
  static boolean isDone(KubeObject job) {
    return Condition.find(job.status(), "Complete").filter(Condition::isTrue).isPresent();
  }

  private static boolean isObserved(KubeObject object) {
    return object.status().number(0, "observedGeneration") >= object.generation();
  }

  private static long wished(KubeObject object) {
    return object.spec().number(1, "replicas");
  }
}
