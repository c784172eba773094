package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.PodSpec.RestartPolicy;
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
    boolean initFailed =
        pod.restartPolicy() == RestartPolicy.NEVER
            && pod.initContainers().stream()
                .anyMatch(init -> !init.sidecar() && endedInFailure(state.container(init.name())));
    if (initFailed) {
      return FAILED;
    }
    boolean anyRan = false;
    boolean allOver = true;
    boolean anyFailed = false;
    boolean anyWaitsForFirst = false;
    for (PodContainer container : pod.containers()) {
      ContainerState current = state.container(container.name());
      anyRan |= current.last().isPresent() || current.hasProcess();
      anyWaitsForFirst |= !current.hasRun();
      allOver &=
          current.phase() == Phase.EXITED && !PodMachine.restarts(pod.restartPolicy(), current);
      anyFailed |= endedInFailure(current);
    }
    if (allOver) {
      return anyFailed ? FAILED : SUCCEEDED;
    }
    return anyRan && !anyWaitsForFirst ? RUNNING : PENDING;
  }

  private static boolean endedInFailure(ContainerState container) {
    return container.phase() == Phase.EXITED
        && container.last().filter(last -> !last.succeeded()).isPresent();
  }
}
