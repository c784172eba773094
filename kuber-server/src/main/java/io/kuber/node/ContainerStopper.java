package io.kuber.node;

import io.kuber.container.Container;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import io.kuber.node.probe.ProbeResult;
import java.util.Optional;

/**
 * Ends containers: the {@code preStop} hook, then a signal that asks, and, when the machine says
 * so, one that does not ask. Owned by the node's loop.
 */
final class ContainerStopper {
  private static final int SIGKILL = 9;

  private final PodBoard board;
  private final PodAssembly assembly;
  private final PodProbes probes;

  ContainerStopper(PodBoard board, PodAssembly assembly, PodProbes probes) {
    this.board = board;
    this.assembly = assembly;
    this.probes = probes;
  }

  void stop(PodAction.Stop stop) {
    String name = stop.container();
    probes.stopAllButReadiness(name);
    board.tell(name, "Killing", stop.why());
    board.note(name, current -> current.stopping(board.now().plus(stop.grace())));
    Optional<Running> running = assembly.running(name);
    if (running.isEmpty() || stop.grace().isZero()) {
      kill(name);
      return;
    }
    PodContainer declared = board.declared(name);
    Container container = running.get().container();
    int signal = StopSignal.number(running.get().granted().text("stopSignal"));
    if (!Hooks.has(declared, "preStop")) {
      container.signal(signal);
      return;
    }
    String ip = board.state().ip();
    board.later(
        () -> Hooks.beforeStop(declared, stop.grace(), ip, running.get()),
        result -> hooked(name, container, signal, result),
        failure -> container.signal(signal));
  }

  private void hooked(String name, Container container, int signal, ProbeResult result) {
    if (!result.success()) {
      board.warn(name, "FailedPreStopHook", result.message());
    }
    container.signal(signal);
  }

  void kill(String name) {
    board.note(name, ContainerState::killed);
    assembly.running(name).ifPresent(running -> running.container().signal(SIGKILL));
  }
}
