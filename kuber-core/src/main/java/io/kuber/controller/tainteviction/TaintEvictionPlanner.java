package io.kuber.controller.tainteviction;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import io.kuber.view.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Decides whether and when a pod has to leave its tainted node. */
final class TaintEvictionPlanner {
  /**
   * What admission writes into every pod that does not say (DefaultTolerationSeconds); assumed here
   * as well, for pods that came another way.
   */
  private static final long DEFAULT_SECONDS = 300;

  private static final Set<String> TOLERATED_BY_DEFAULT =
      Set.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  private TaintEvictionPlanner() {}

  static Plan plan(KubeObject pod, KubeObject node, Instant now) {
    List<Toleration> tolerations = Toleration.of(pod);
    Optional<Instant> due =
        node.spec().items("taints").trees().stream()
            .filter(taint -> taint.text("effect").equals("NoExecute"))
            .flatMap(taint -> until(taint, tolerations, since(taint, pod, now)).stream())
            .min(Instant::compareTo);
    if (due.isEmpty()) {
      return Plan.NOTHING;
    }
    return due.get().isAfter(now)
        ? Plan.builder().againAfter(Duration.between(now, due.get())).build()
        : evict(pod, now);
  }

  /** Since when the pod puts up with the taint: the later of its own coming and the taint's. */
  private static Instant since(Tree taint, KubeObject pod, Instant now) {
    if (taint.text("timeAdded").isEmpty()) {
      // People do not say when; the node controller writes it down in a moment.
      return now;
    }
    Instant added = Timestamps.parse(taint.text("timeAdded"));
    Instant bound =
        Condition.find(pod.status(), "PodScheduled")
            .filter(Condition::isTrue)
            .map(Condition::transitionedAt)
            .orElseGet(pod::createdAt);
    return bound.isAfter(added) ? bound : added;
  }

  /** When the pod no longer puts up with the taint; empty if it always does. */
  private static Optional<Instant> until(Tree taint, List<Toleration> tolerations, Instant since) {
    List<Toleration> covering = tolerations.stream().filter(t -> t.covers(taint)).toList();
    if (covering.isEmpty()) {
      boolean lenient = TOLERATED_BY_DEFAULT.contains(taint.text("key"));
      return Optional.of(lenient ? since.plusSeconds(DEFAULT_SECONDS) : since);
    }
    OptionalLong shortest =
        covering.stream()
            .filter(toleration -> toleration.seconds().isPresent())
            .mapToLong(toleration -> toleration.seconds().getAsLong())
            .min();
    return shortest.isPresent()
        ? Optional.of(since.plusSeconds(Math.max(0, shortest.getAsLong())))
        : Optional.empty();
  }

  /** Tells that a pod that was to go need not, or not for the reason for which it was to. */
  static Action cancelled(KubeObject pod) {
    return note(pod, "Cancelling deletion of Pod ");
  }

  private static Action note(KubeObject pod, String what) {
    String text = what + pod.namespace() + "/" + pod.name();
    return new Action.Emit(Note.normal(pod, "TaintManagerEviction", text));
  }

  private static Plan evict(KubeObject pod, Instant now) {
    Condition disrupted =
        Condition.of(
            "DisruptionTarget",
            "True",
            "DeletionByTaintManager",
            "Taint manager: deleting due to NoExecute taint",
            now);
    return Plan.of(
        note(pod, "Marking for deletion Pod "),
        Action.updateStatus(Resources.PODS, pod.with(disrupted.putInto(pod.status()), "status")),
        Action.delete(Resources.PODS, pod));
  }
}
