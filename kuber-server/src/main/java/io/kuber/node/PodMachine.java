package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.PodSpec.RestartPolicy;
import io.kuber.node.PodState.Sandbox;
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
 * is deleted or has run its course.
 */
final class PodMachine {
  private PodMachine() {}

  /** What to do now, and when to ask again even if nothing happens. */
  record Decision(List<PodAction> actions, Optional<Instant> wakeAt) {
    Decision {
      actions = List.copyOf(actions);
    }
  }

  static Decision decide(PodSpec pod, PodState state, Instant now) {
    Decision next = next(pod, state, now);
    List<PodAction> actions = new ArrayList<>(next.actions());
    List<Instant> wakeAt = new ArrayList<>(next.wakeAt().stream().toList());
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
    if (PodPhase.of(pod, state).isFinal()) {
      return finish(pod, state);
    }
    return switch (state.sandbox()) {
      case ABSENT -> makeSandbox(state, now);
      case READY -> runContainers(pod, state, now);
      case MAKING, REMOVING, GONE -> nothing();
    };
  }

  private static Decision makeSandbox(PodState state, Instant now) {
    return state.sandboxNotBefore().isAfter(now)
        ? new Decision(List.of(), Optional.of(state.sandboxNotBefore()))
        : act(new PodAction.MakeSandbox());
  }

  private static Decision runContainers(PodSpec pod, PodState state, Instant now) {
    Starter starter = new Starter(pod, state, now);
    for (PodContainer init : pod.initContainers()) {
      if (init.sidecar()) {
        starter.keepRunning(init);
        if (!state.container(init.name()).started()) {
          return starter.decision();
        }
      } else if (!hasSucceeded(state.container(init.name()))) {
        starter.keepRunning(init);
        return starter.decision();
      }
    }
    pod.containers().forEach(starter::keepRunning);
    return starter.decision();
  }

  private static boolean hasSucceeded(ContainerState init) {
    return init.phase() == Phase.EXITED
        && init.last().filter(ContainerState.Termination::succeeded).isPresent();
  }

  /** All containers have ended and stay ended: sidecars go, then the sandbox. */
  private static Decision finish(PodSpec pod, PodState state) {
    List<PodAction> stops = stopAll(pod, state, pod.gracePeriod(), "Stopping container ");
    if (!stops.isEmpty() || state.anyAlive()) {
      return new Decision(stops, Optional.empty());
    }
    return state.sandbox() == Sandbox.READY ? act(new PodAction.RemoveSandbox()) : nothing();
  }

  private static Decision endPod(PodSpec pod, PodState state, Instant now) {
    Duration left = Duration.between(now, pod.deletion().orElseThrow().deadline());
    Duration grace = left.isNegative() ? Duration.ZERO : left;
    List<PodAction> stops = stopAll(pod, state, grace, "Stopping container ");
    if (!stops.isEmpty() || state.anyAlive()) {
      return new Decision(stops, Optional.empty());
    }
    return switch (state.sandbox()) {
      case READY -> act(new PodAction.RemoveSandbox());
      case ABSENT, GONE -> act(new PodAction.DeleteObject());
      case MAKING, REMOVING -> nothing();
    };
  }

  private static List<PodAction> stopAll(PodSpec pod, PodState state, Duration grace, String why) {
    List<PodAction> stops = new ArrayList<>();
    pod.all()
        .filter(container -> state.is(container.name(), Phase.RUNNING))
        .forEach(
            container ->
                stops.add(new PodAction.Stop(container.name(), grace, why + container.name())));
    return stops;
  }

  private static Decision act(PodAction action) {
    return new Decision(List.of(action), Optional.empty());
  }

  private static Decision nothing() {
    return new Decision(List.of(), Optional.empty());
  }

  /** Collects the containers to start now, and the time of the next that has to wait. */
  private static final class Starter {
    private final PodSpec pod;
    private final PodState state;
    private final Instant now;
    private final List<PodAction> actions = new ArrayList<>();
    private Optional<Instant> wakeAt = Optional.empty();

    Starter(PodSpec pod, PodState state, Instant now) {
      this.pod = pod;
      this.state = state;
      this.now = now;
    }

    void keepRunning(PodContainer container) {
      ContainerState current = state.container(container.name());
      boolean wanted =
          current.phase() == Phase.WAITING
              || (current.phase() == Phase.EXITED && restarts(pod.policy(container), current));
      if (wanted) {
        startWhenDue(container, current);
      }
    }

    private void startWhenDue(PodContainer container, ContainerState current) {
      if (!current.notBefore().isAfter(now)) {
        actions.add(new PodAction.Start(container.name()));
      } else if (wakeAt.isEmpty() || wakeAt.get().isAfter(current.notBefore())) {
        wakeAt = Optional.of(current.notBefore());
      }
    }

    Decision decision() {
      return new Decision(actions, wakeAt);
    }
  }

  static boolean restarts(RestartPolicy policy, ContainerState ended) {
    return switch (policy) {
      case ALWAYS -> true;
      case ON_FAILURE -> ended.last().filter(last -> !last.succeeded()).isPresent();
      case NEVER -> false;
    };
  }
}
