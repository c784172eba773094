package io.kuber.node;

import io.kuber.container.Exit;
import io.kuber.node.ContainerState.Termination;
import io.kuber.node.RunningContainers.Running;

/** Notes how containers ended, and what they left to be told. Owned by the node's loop. */
final class ContainerEnds {
  private final PodBoard board;
  private final PodProbes probes;

  ContainerEnds(PodBoard board, PodProbes probes) {
    this.board = board;
    this.probes = probes;
  }

  /** Has the end of a container noted when it comes. */
  void await(String name, Running running) {
    running
        .container()
        .exit()
        .thenAccept(
            exit ->
                board.later(
                    () -> running.message().read(exit.code() != 0),
                    message -> exited(name, running, exit, message),
                    failure -> exited(name, running, exit, "")));
  }

  private void exited(String name, Running running, Exit exit, String message) {
    probes.stop(name);
    ended(
        name,
        new Termination(
            running.container().id(),
            exit.code(),
            exit.signal(),
            reason(exit),
            message,
            board.container(name).instance().startedAt(),
            exit.finishedAt()));
    board.step();
  }

  private static String reason(Exit exit) {
    return exit.oomKilled() ? "OOMKilled" : exit.code() == 0 ? "Completed" : "Error";
  }

  /** Notes an end, and tells of the wait before the next start if there is one. */
  void ended(String name, Termination termination) {
    board.note(name, before -> before.exited(termination));
    Resizing resizing = board.state().resizing();
    if (resizing.restarting().contains(name)) {
      board.resize(resizing.restarting(name, false));
      board.note(name, ContainerState::again);
      return;
    }
    ContainerState ended = board.container(name);
    PodSpec pod = board.pod();
    if (pod.deletion().isEmpty()
        && ended.notBefore().isAfter(board.now())
        && board.declared(name).restarts(ended)) {
      board.warn(
          name,
          "BackOff",
          "Back-off restarting failed container %s in pod %s_%s(%s)"
              .formatted(name, pod.name(), pod.namespace(), pod.uid()));
    }
  }
}
