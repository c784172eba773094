package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.PodState.Sandbox;
import io.kuber.node.PodState.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The brain of the node agent: what to do next for one pod. Pure: no clock, no I/O.
 *
 * <p>The order is Kubernetes': the sandbox, then init containers one after another (those that keep
 * running only have to be started), then all other containers at once; and back again when the pod
 * is deleted, has failed, or has run its course. {@link StartOrder} and {@link StopOrder} have the
 * two lists.
 */
final class PodMachine {
  private static final Verdict TOO_LONG =
      new Verdict(
          "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");

  private PodMachine() {}

  /** What to do now, and when to ask again even if nothing happens. */
  record Decision(List<PodAction> actions, Optional<Instant> wakeAt) {
    Decision {
      actions = List.copyOf(actions);
    }

    static Decision act(PodAction action) {
      return new Decision(List.of(action), Optional.empty());
    }

    static Decision nothing() {
      return new Decision(List.of(), Optional.empty());
    }
  }

  static Decision decide(PodSpec pod, PodState state, Instant now) {
    Decision next = next(pod, state, now);
    List<PodAction> actions = new ArrayList<>(next.actions());
    List<Instant> wakeAt = new ArrayList<>(next.wakeAt().stream().toList());
    deadline(pod, state).filter(now::isBefore).ifPresent(wakeAt::add);
    for (PodAction action : next.actions()) {
      if (action instanceof PodAction.Stop stop) {
        wakeAt.add(now.plus(stop.grace()));
      }
    }
    for (PodContainer container : pod.all().toList()) {
      if (state.is(container.name(), Phase.STOPPING)) {
        Instant killAt = killAt(pod, state.container(container.name()));
        if (killAt.isAfter(now)) {
          wakeAt.add(killAt);
        } else {
          actions.add(new PodAction.Kill(container.name()));
        }
      }
    }
    return new Decision(actions, wakeAt.stream().min(Comparator.naturalOrder()));
  }

  /** When a pod that is still wanted has been here for too long. */
  private static Optional<Instant> deadline(PodSpec pod, PodState state) {
    return state.verdict().isPresent() || pod.over().isPresent()
        ? Optional.empty()
        : pod.activeFor().map(state.startTime()::plus);
  }

  /** Who deletes a pod again with less grace shortens the wait; nothing makes it longer. */
  private static Instant killAt(PodSpec pod, ContainerState container) {
    return pod.deletion()
        .map(PodSpec.Deletion::deadline)
        .filter(deadline -> deadline.isBefore(container.killAt()))
        .orElse(container.killAt());
  }

  private static Decision next(PodSpec pod, PodState state, Instant now) {
    if (pod.deletion().isPresent()) {
      return endPod(pod, state, now);
    }
    if (state.verdict().isPresent() || PodPhase.of(pod, state).isFinal()) {
      return finish(pod, state);
    }
    if (deadline(pod, state).filter(end -> !end.isAfter(now)).isPresent()) {
      return Decision.act(new PodAction.Fail(TOO_LONG));
    }
    return switch (state.sandbox()) {
      case ABSENT -> makeSandbox(state, now);
      case READY -> StartOrder.decide(pod, state, now);
      case MAKING, REMOVING, GONE -> Decision.nothing();
    };
  }

  private static Decision makeSandbox(PodState state, Instant now) {
    return state.sandboxNotBefore().isAfter(now)
        ? new Decision(List.of(), Optional.of(state.sandboxNotBefore()))
        : Decision.act(new PodAction.MakeSandbox());
  }

  /** Nothing starts any more: what still runs goes, sidecars above all, then the sandbox. */
  private static Decision finish(PodSpec pod, PodState state) {
    if (state.anyAlive()) {
      return new Decision(StopOrder.stops(pod, state, grace(pod, state)), Optional.empty());
    }
    return state.sandbox() == Sandbox.READY
        ? Decision.act(new PodAction.RemoveSandbox())
        : Decision.nothing();
  }

  /** A verdict may leave less time than the pod asks for, not more. */
  private static Duration grace(PodSpec pod, PodState state) {
    return state
        .verdict()
        .flatMap(Verdict::grace)
        .filter(shorter -> shorter.compareTo(pod.gracePeriod()) < 0)
        .orElse(pod.gracePeriod());
  }

  private static Decision endPod(PodSpec pod, PodState state, Instant now) {
    Duration left = Duration.between(now, pod.deletion().orElseThrow().deadline());
    Duration grace = left.isNegative() ? Duration.ZERO : left;
    if (state.anyAlive()) {
      return new Decision(StopOrder.stops(pod, state, grace), Optional.empty());
    }
    return switch (state.sandbox()) {
      case READY -> Decision.act(new PodAction.RemoveSandbox());
      case ABSENT, GONE -> Decision.act(new PodAction.DeleteObject());
      case MAKING, REMOVING -> Decision.nothing();
    };
  }
}
