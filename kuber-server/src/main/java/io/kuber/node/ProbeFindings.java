package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodProbes.Finding;

/** Does what the findings of probes ask for. Owned by the node's loop. */
final class ProbeFindings {
  private final PodBoard board;
  private final ContainerStopper stopper;

  ProbeFindings(PodBoard board, ContainerStopper stopper) {
    this.board = board;
    this.stopper = stopper;
  }

  /** A probe changed its mind. */
  void heard(Finding finding) {
    String name = finding.container();
    if (board.isClosed() || !board.state().is(name, Phase.RUNNING)) {
      return;
    }
    switch (finding.kind()) {
      case STARTED -> {
        boolean isReady = !board.declared(name).has("readinessProbe");
        board.note(name, current -> current.withStarted(true).withReady(isReady));
      }
      case READY -> board.note(name, current -> current.withReady(true));
      case UNREADY -> {
        unhealthy(name, "Readiness probe failed: " + finding.message());
        board.note(name, current -> current.withReady(false));
      }
      case DEAD -> {
        unhealthy(name, finding.message());
        String why = "Container " + name + " failed liveness probe, will be restarted";
        stopper.stop(new PodAction.Stop(name, board.pod().gracePeriod(), why));
      }
    }
    board.step();
  }

  private void unhealthy(String container, String message) {
    board.warn(container, "Unhealthy", message);
  }
}
