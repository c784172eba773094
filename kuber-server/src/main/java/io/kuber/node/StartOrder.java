package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodMachine.Decision;
import io.kuber.node.PodSpec.PodContainer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which containers of a pod that has a sandbox are started now: ephemeral ones whenever there are
 * any, init containers one after another, then all others at once; and which end because another
 * image is wanted. Pure.
 */
final class StartOrder {
  private final PodSpec pod;
  private final PodState state;
  private final Instant now;
  private final List<PodAction> actions = new ArrayList<>();
  private Optional<Instant> wakeAt = Optional.empty();

  private StartOrder(PodSpec pod, PodState state, Instant now) {
    this.pod = pod;
    this.state = state;
    this.now = now;
  }

  static Decision decide(PodSpec pod, PodState state, Instant now) {
    StartOrder order = new StartOrder(pod, state, now);
    pod.ephemeralContainers().forEach(order::keepRunning);
    if (order.initialize()) {
      pod.containers().forEach(order::keepRunning);
    }
    return new Decision(order.actions, order.wakeAt);
  }

  /** Starts the next init container; returns whether all have done their part. */
  private boolean initialize() {
    for (PodContainer init : pod.initContainers()) {
      ContainerState current = state.container(init.name());
      if (init.sidecar() || !current.hasSucceeded()) {
        keepRunning(init);
      }
      if (!(init.sidecar() ? current.started() : current.hasSucceeded())) {
        return false;
      }
    }
    return true;
  }

  private void keepRunning(PodContainer container) {
    ContainerState current = state.container(container.name());
    if (current.phase() == Phase.WAITING || container.restarts(current)) {
      startWhenDue(container, current);
    } else if (container.isOutdated(current)) {
      actions.add(
          new PodAction.Stop(
              container.name(),
              pod.gracePeriod(),
              "Container " + container.name() + " definition changed, will be restarted"));
    }
  }

  private void startWhenDue(PodContainer container, ContainerState current) {
    Instant due = current.notBefore();
    if (!due.isAfter(now)) {
      actions.add(new PodAction.Start(container.name()));
    } else if (wakeAt.filter(due::isAfter).isEmpty()) {
      wakeAt = Optional.of(due);
    }
  }
}
