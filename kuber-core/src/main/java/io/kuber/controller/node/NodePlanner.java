package io.kuber.controller.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides what a node's conditions and taints are, by when it was last heard of. */
final class NodePlanner {
  /** A node that was not heard of for longer is not known to be well. */
  static final Duration GRACE = Duration.ofSeconds(50);

  /** A node that never reported is given longer. */
  static final Duration STARTUP_GRACE = Duration.ofSeconds(60);

  private static final List<String> REPORTED =
      List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

  private NodePlanner() {}

  /**
   * When the node last renewed its lease or reported, by its own clock, which may be wrong: whoever
   * watches goes by when this changes. When it was made, if it never did either.
   */
  static Instant lastSaid(KubeObject node, Optional<KubeObject> lease) {
    Instant renewed =
        lease.map(l -> Timestamps.parse(l.spec().text("renewTime"))).orElse(Instant.EPOCH);
    Instant reported =
        Condition.find(node.status(), "Ready")
            .filter(ready -> !ready.status().equals("Unknown"))
            .map(ready -> Timestamps.parse(ready.tree().text("lastHeartbeatTime")))
            .orElse(Instant.EPOCH);
    Instant said = renewed.isAfter(reported) ? renewed : reported;
    return said.equals(Instant.EPOCH) ? node.createdAt() : said;
  }

  /**
   * Plans for a node that runs {@code pods} and was last heard of at {@code seen}.
   *
   * @param pace whether pods may be driven away from it now
   */
  static Plan plan(
      KubeObject node, List<KubeObject> pods, Instant seen, EvictionPace pace, Instant now) {
    Plan.Builder plan = Plan.builder();
    boolean hasReported = Condition.find(node.status(), "Ready").isPresent();
    Instant missedAt = seen.plus(hasReported ? GRACE : STARTUP_GRACE);
    boolean isMissed = missedAt.isBefore(now);
    Tree status = isMissed ? unknown(node, now) : node.status();
    if (!status.equals(node.status())) {
      plan.then(Action.updateStatus(Resources.NODES, node.with(status, "status")));
    } else {
      NodeTaints.update(node, pace.mayEvict(), now).ifPresent(plan::then);
      pace.again().ifPresent(plan::againAfter);
    }
    if (!isReady(status)) {
      notReady(node, since(status, now), pods, now, plan);
    }
    if (!isMissed) {
      plan.againAfter(Duration.between(now, missedAt).plusMillis(1));
    }
    return plan.build();
  }

  static boolean isReady(Tree status) {
    return Condition.find(status, "Ready").filter(Condition::isTrue).isPresent();
  }

  private static Tree unknown(KubeObject node, Instant now) {
    Tree status = node.status();
    for (String type : REPORTED) {
      Optional<Condition> old = Condition.find(status, type);
      if (old.isEmpty()) {
        status =
            Condition.of(
                    type,
                    "Unknown",
                    "NodeStatusNeverUpdated",
                    "Kubelet never posted node status.",
                    now)
                .putInto(status);
      } else if (!old.get().status().equals("Unknown")) {
        String heartbeat = old.get().tree().text("lastHeartbeatTime");
        Condition silent =
            Condition.of(
                type, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", now);
        status =
            (heartbeat.isEmpty() ? silent : silent.with("lastHeartbeatTime", heartbeat))
                .putInto(status);
      }
    }
    return status;
  }

  private static Instant since(Tree status, Instant now) {
    return Condition.find(status, "Ready").map(Condition::transitionedAt).orElse(now);
  }

  /**
   * Nobody reports on the pods of such a node, so their service ends here. A pod that became ready
   * afterwards was reported by an agent that is alive, which knows better.
   */
  private static void notReady(
      KubeObject node, Instant since, List<KubeObject> pods, Instant now, Plan.Builder plan) {
    boolean wasReady = isReady(node.status());
    if (wasReady) {
      String text = "Node " + node.name() + " status is now: NodeNotReady";
      plan.then(new Action.Emit(Note.normal(node, "NodeNotReady", text)));
    }
    plan.together(
        pods.stream()
            .filter(pod -> Pods.readySince(pod).filter(ready -> !ready.isAfter(since)).isPresent())
            .flatMap(pod -> Stream.of(unready(pod, now), warn(pod)))
            .toList());
  }

  private static Action unready(KubeObject pod, Instant now) {
    Condition ready =
        Condition.find(pod.status(), "Ready")
            .orElseThrow()
            .with("status", "False")
            .with("lastTransitionTime", Timestamps.seconds(now));
    return Action.updateStatus(Resources.PODS, pod.with(ready.putInto(pod.status()), "status"));
  }

  private static Action warn(KubeObject pod) {
    return new Action.Emit(Note.warning(pod, "NodeNotReady", "Node is not ready"));
  }
}
