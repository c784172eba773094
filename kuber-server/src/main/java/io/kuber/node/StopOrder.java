package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodSpec.PodContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which containers of a pod that ends are asked to end now: all but sidecars at once, then sidecars
 * one after another, the last to start first; when no time is left, all of them. Pure.
 */
final class StopOrder {
  private StopOrder() {}

  static List<PodAction> stops(PodSpec pod, PodState state, Duration grace) {
    List<PodContainer> others = pod.all().filter(container -> !container.sidecar()).toList();
    List<PodContainer> wave = new ArrayList<>(others);
    boolean hurry = grace.isZero();
    boolean turn = hurry || others.stream().noneMatch(other -> isAlive(state, other));
    List<PodContainer> sidecars = pod.sidecars();
    for (int i = sidecars.size() - 1; i >= 0 && turn; i--) {
      wave.add(sidecars.get(i));
      turn = hurry || !isAlive(state, sidecars.get(i));
    }
    return wave.stream()
        .filter(container -> state.is(container.name(), Phase.RUNNING))
        .<PodAction>map(container -> stop(container.name(), grace))
        .toList();
  }

  private static boolean isAlive(PodState state, PodContainer container) {
    return state.container(container.name()).isAlive();
  }

  private static PodAction stop(String container, Duration grace) {
    return new PodAction.Stop(container, grace, "Stopping container " + container);
  }
}
