package io.kuber.node;

import io.kuber.container.ContainerStartException;
import io.kuber.node.ContainerState.Phase;
import io.kuber.node.ContainerState.Problem;
import io.kuber.node.ContainerState.Termination;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.image.ImagePullException;
import io.kuber.node.image.ImagePullException.Reason;
import java.time.Duration;
import java.time.Instant;

/** Notes why containers could not be started. Owned by the node's loop. */
final class StartFailures {
  /** How long a failed pull is shown as such before the wait for the next one is. */
  private static final Duration FAILED_PULL_SHOWN = Duration.ofSeconds(1);

  private final PodBoard board;
  private final ContainerEnds ends;

  StartFailures(PodBoard board, ContainerEnds ends) {
    this.board = board;
    this.ends = ends;
  }

  void notStarted(PodContainer declared, Throwable failure) {
    String name = declared.name();
    String why =
        failure instanceof ImagePullException pull
            ? pull.reason().toString()
            : Refusals.text(failure);
    board.warn(name, "Failed", "Error: " + why);
    if (failure instanceof ContainerStartException refused) {
      ends.ended(name, startRefused(refused));
    } else {
      Problem problem = problem(failure);
      board.note(name, current -> current.failedToStart(problem, board.now()));
      if (problem.reason().equals(Reason.PULL.toString())) {
        board.after(FAILED_PULL_SHOWN, () -> backOffPull(declared, problem));
      }
    }
    board.step();
  }

  /** The program cannot be executed: that is an end of the container, with an exit code. */
  private Termination startRefused(ContainerStartException refused) {
    Instant now = board.now();
    String text = Refusals.text(refused);
    return new Termination("", refused.exitCode(), 0, "StartError", text, now, now);
  }

  private void backOffPull(PodContainer declared, Problem failed) {
    String name = declared.name();
    ContainerState current = board.container(name);
    if (current.phase() == Phase.WAITING && current.problem().filter(failed::equals).isPresent()) {
      String message = "Back-off pulling image \"" + declared.image() + "\"";
      board.tell(name, "BackOff", message);
      board.warn(name, "Failed", "Error: ImagePullBackOff");
      Problem waiting =
          new Problem("ImagePullBackOff", message + ": ErrImagePull: " + failed.message());
      board.note(name, pulled -> pulled.backingOff(waiting));
      board.step();
    }
  }

  private static Problem problem(Throwable failure) {
    if (failure instanceof ImagePullException pull) {
      return new Problem(pull.reason().toString(), Refusals.text(failure));
    }
    if (failure instanceof ContainerConfigException) {
      return new Problem("CreateContainerConfigError", Refusals.text(failure));
    }
    return new Problem("RunContainerError", Refusals.text(failure));
  }
}
