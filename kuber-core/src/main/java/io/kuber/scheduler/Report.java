package io.kuber.scheduler;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Why a pod has no node, as its event and its condition PodScheduled say it (upstream:
 * handleSchedulingFailure in schedule_one.go).
 *
 * @param reason whether no node takes the pod, or something failed
 */
record Report(String reason, String message) {
  private static final String CONDITION = "PodScheduled";

  /** Longer ones are cut (upstream: NoteLengthLimit). */
  private static final int MAX_NOTE = 1024;

  private static final String CUT = " ...";

  /** No node takes the pod. */
  static Report unschedulable(String message) {
    return new Report("Unschedulable", message);
  }

  /** The pod had a node, but could not be bound to it. */
  static Report bindingFailed(Throwable failure) {
    return failed("running Bind plugin \"DefaultBinder\": ", failure);
  }

  /** The pod had a node, but did not get its volumes. */
  static Report volumesFailed(Throwable failure) {
    return failed("running PreBind plugin \"VolumeBinding\": ", failure);
  }

  private static Report failed(String what, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new Report("SchedulerError", what + cause.getMessage());
  }

  /** The message as it fits into an event. */
  String note() {
    return message.length() <= MAX_NOTE
        ? message
        : message.substring(0, MAX_NOTE - CUT.length()) + CUT;
  }

  /** What changes in the pod's status; empty when it says all of this already. */
  Optional<Tree> patch(PodEntry pod, String nominatedNode, Instant now) {
    Optional<Condition> old = Condition.find(pod.object().status(), CONDITION);
    if (old.filter(this::isSaidBy).isPresent() && pod.nominatedNode().equals(nominatedNode)) {
      return Optional.empty();
    }
    String since =
        old.filter(condition -> condition.status().equals("False"))
            .map(condition -> condition.tree().text("lastTransitionTime"))
            .filter(time -> !time.isEmpty())
            .orElseGet(() -> Timestamps.seconds(now));
    Tree condition =
        observed(pod, Condition.of(CONDITION, "False", reason, message, now))
            .with("lastTransitionTime", since);
    return Optional.of(
        Tree.EMPTY
            .withAt(Items.of(condition), "status", "conditions")
            .withAt(nominatedNode, "status", "nominatedNodeName"));
  }

  private boolean isSaidBy(Condition condition) {
    return condition.status().equals("False")
        && condition.reason().equals(reason)
        && condition.tree().text("message").equals(message);
  }

  /** The condition, with the generation of the pod that it was found for. */
  static Tree observed(PodEntry pod, Condition condition) {
    long generation = pod.object().generation();
    return generation == 0
        ? condition.tree()
        : condition.tree().with("observedGeneration", generation);
  }
}
