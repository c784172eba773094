package io.kuber.node;

import io.kuber.node.PodState.Sandbox;
import io.kuber.node.volume.VolumeException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what a pod's containers share, and takes it away. Owned by the node's loop. */
final class SandboxKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxKeeper.class);

  private final PodBoard board;
  private final PodAssembly assembly;

  SandboxKeeper(PodBoard board, PodAssembly assembly) {
    this.board = board;
    this.assembly = assembly;
  }

  void make() {
    board.note(state -> state.in(Sandbox.MAKING));
    board.later(assembly::makeSandbox, this::made, this::notMade);
  }

  private void made(String ip) {
    board.note(state -> state.sandboxReady(ip));
    board.step();
  }

  private void notMade(Throwable failure) {
    String text = Refusals.text(failure);
    LOG.warn("no sandbox for pod {}: {}", board.pod().fullName(), text);
    boolean byVolume = failure instanceof VolumeException;
    if (byVolume) {
      board.warn("", "FailedMount", text);
    } else {
      board.warn("", "FailedCreatePodSandBox", "Failed to create pod sandbox: " + text);
    }
    Duration wait = byVolume ? assembly.volumes().backOff() : BackOff.FIRST;
    board.note(state -> state.sandboxFailed(text, board.now().plus(wait)));
    board.step();
  }

  /** Something has changed that the sandbox waited for: no need to wait on. */
  void tryAgain() {
    Optional<String> problem = board.state().sandboxProblem();
    if (board.state().sandbox() == Sandbox.ABSENT && problem.isPresent()) {
      board.note(state -> state.sandboxFailed(problem.get(), board.now()));
      board.step();
    }
  }

  void remove() {
    board.note(state -> state.in(Sandbox.REMOVING));
    board.later(
        () -> {
          assembly.removeSandbox();
          return Sandbox.GONE;
        },
        this::now,
        this::notRemoved);
  }

  private void now(Sandbox next) {
    board.note(state -> state.in(next));
    board.step();
  }

  private void notRemoved(Throwable failure) {
    LOG.warn("pod {} not taken away yet: {}", board.pod().fullName(), Refusals.text(failure));
    board.after(PodBoard.RETRY, () -> now(Sandbox.READY));
  }
}
