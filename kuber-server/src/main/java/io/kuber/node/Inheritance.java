package io.kuber.node;

import io.kuber.loop.Loop;
import io.kuber.node.ContainerState.Phase;
import io.kuber.node.RunningContainers.Running;
import io.kuber.object.KubeObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * What is there of a pod when its worker begins: nothing, or what an earlier run of the agent left.
 *
 * @param assembly the pod on this machine
 * @param state what is the case with it
 * @param running its containers that run, or whose end has not been told yet, by name
 */
record Inheritance(PodAssembly assembly, PodState state, Map<String, Running> running) {
  Inheritance {
    running = Map.copyOf(running);
  }

  /** Nothing; containers that an earlier run started have ended with it. */
  static Inheritance none(PodMachinery machinery, Loop loop, Executor workers, KubeObject pod) {
    PodState state = PodState.of(pod, machinery.clock().instant());
    return new Inheritance(assembly(machinery, loop, workers, pod), state, Map.of());
  }

  private static PodAssembly assembly(
      PodMachinery machinery, Loop loop, Executor workers, KubeObject pod) {
    return new PodAssembly(machinery, pod, new PodVolumes(machinery, loop, workers, pod));
  }

  /** What there is. Takes milliseconds, and longer when volumes are made of objects. */
  static Inheritance take(PodMachinery machinery, Loop loop, Executor workers, KubeObject pod)
      throws IOException {
    PodAssembly assembly = assembly(machinery, loop, workers, pod);
    if (!assembly.takeOver()) {
      return none(machinery, loop, workers, pod);
    }
    PodState state = EarlierRun.pod(pod, assembly, machinery.clock().instant());
    Map<String, Running> running =
        assembly.running().entrySet().stream()
            .filter(container -> state.is(container.getKey(), Phase.RUNNING))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Inheritance(assembly, state, running);
  }
}
