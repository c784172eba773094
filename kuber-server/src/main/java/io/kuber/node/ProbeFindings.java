package io.kuber.node;

import io.kuber.node.ContainerState.Phase;
import io.kuber.node.PodProbes.Finding;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.PodSpec.RestartPolicy;
import java.time.Duration;
import java.util.Locale;

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
    if (board.isClosed() || !isHeard(name)) {
      return;
    }
    switch (finding.kind()) {
      case FAILED ->
          board.warn(
              name, "Unhealthy", noun(finding.probe()) + " probe failed: " + finding.message());
      case WARNED ->
          board.warn(
              name, "ProbeWarning", noun(finding.probe()) + " probe warning: " + finding.message());
      case STARTED -> {
        if (board.container(name).started()) {
          return; // An earlier run of the agent has asked already.
        }
        boolean isReady = !board.declared(name).has("readinessProbe");
        board.note(name, current -> current.withStarted(true).withReady(isReady));
      }
      case READY -> board.note(name, current -> current.withReady(true));
      case UNREADY -> board.note(name, current -> current.withReady(false));
      case DEAD -> end(name, finding.probe());
    }
    board.step();
  }

  /** A container that has been told to end may still serve, and cease to. */
  private boolean isHeard(String name) {
    return board.state().is(name, Phase.RUNNING) || board.state().is(name, Phase.STOPPING);
  }

  /** A probe may give the container less time, or more, than its pod does. */
  private void end(String name, String probe) {
    PodContainer declared = board.declared(name);
    long seconds = declared.probe(probe).number(-1, "terminationGracePeriodSeconds");
    Duration grace = seconds < 0 ? board.pod().gracePeriod() : Duration.ofSeconds(seconds);
    boolean restarts = declared.restartPolicy() != RestartPolicy.NEVER;
    String why =
        "Container %s failed %s probe%s"
            .formatted(
                name, noun(probe).toLowerCase(Locale.ROOT), restarts ? ", will be restarted" : "");
    stopper.stop(new PodAction.Stop(name, grace, why));
  }

  private static String noun(String probe) {
    return switch (probe) {
      case "startupProbe" -> "Startup";
      case "livenessProbe" -> "Liveness";
      default -> "Readiness";
    };
  }
}
