package io.kuber.controller.daemonset;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Pods;
import java.util.function.Predicate;

/** Counts nodes and the oldest pod on each (upstream: updateDaemonSetStatus). */
final class DaemonSetStatus {
  private final KubeObject set;
  private long desired;
  private long current;
  private long misscheduled;
  private long ready;
  private long updated;
  private long available;

  DaemonSetStatus(KubeObject set) {
    this.set = set;
  }

  void add(
      Eligibility node,
      NodePods pods,
      Predicate<KubeObject> isUpdated,
      Predicate<KubeObject> isAvailable) {
    if (!node.shouldRun()) {
      misscheduled += pods.isEmpty() ? 0 : 1;
      return;
    }
    desired++;
    if (pods.isEmpty()) {
      return;
    }
    KubeObject oldest = pods.all().get(0);
    current++;
    ready += Pods.isReady(oldest) ? 1 : 0;
    available += isAvailable.test(oldest) ? 1 : 0;
    updated += isUpdated.test(oldest) ? 1 : 0;
  }

  long desired() {
    return desired;
  }

  /** The status; the counts that upstream leaves out when zero are left out. */
  Tree tree(long collisions) {
    Tree status =
        set.status()
            .with("currentNumberScheduled", current)
            .with("numberMisscheduled", misscheduled)
            .with("desiredNumberScheduled", desired)
            .with("numberReady", ready)
            .with("observedGeneration", set.generation());
    status = count(status, "updatedNumberScheduled", updated);
    status = count(status, "numberAvailable", available);
    status = count(status, "numberUnavailable", desired - available);
    return count(status, "collisionCount", collisions);
  }

  private static Tree count(Tree status, String field, long count) {
    return count == 0 ? status.without(field) : status.with(field, count);
  }
}
