package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodSpec.PodContainer;
import java.util.Arrays;
import java.util.Optional;

/** The phase of a pod (core/v1 PodPhase), which follows from its containers. */
enum PodPhase {
  PENDING("Pending"),
  RUNNING("Running"),
  SUCCEEDED("Succeeded"),
  FAILED("Failed");

  private final String text;

  PodPhase(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** The phase of that name; empty for another text. */
  static Optional<PodPhase> parse(String text) {
    return Arrays.stream(values()).filter(phase -> phase.text.equals(text)).findFirst();
  }

  /** Whether nothing is started any more. */
  boolean isFinal() {
    return this == SUCCEEDED || this == FAILED;
  }

  static PodPhase of(PodSpec pod, PodState state) {
    if (pod.over().isPresent()) {
      return pod.over().get();
    }
    if (state.verdict().isPresent() && !state.anyAlive()) {
      return FAILED;
    }
    boolean initFailed =
        pod.initContainers().stream()
            .filter(init -> !init.sidecar() && state.container(init.name()).hasFailed())
            .anyMatch(init -> !init.restarts(state.container(init.name())));
    return initFailed ? FAILED : ofMainContainers(pod, state);
  }

  private static PodPhase ofMainContainers(PodSpec pod, PodState state) {
    boolean anyRan = false;
    boolean allOver = true;
    boolean anyFailed = false;
    boolean anyWaitsForFirst = false;
    for (PodContainer container : pod.containers()) {
      ContainerState current = state.container(container.name());
      anyRan |= current.last().isPresent() || current.hasProcess();
      anyWaitsForFirst |= !current.hasRun();
      allOver &= current.phase() == Phase.EXITED && !container.restarts(current);
      anyFailed |= current.hasFailed();
    }
    if (allOver) {
      return anyFailed ? FAILED : SUCCEEDED;
    }
    return anyRan && !anyWaitsForFirst ? RUNNING : PENDING;
  }
}
