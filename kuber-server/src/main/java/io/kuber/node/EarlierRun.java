package io.kuber.node;

import io.kuber.node.ContainerState.Instance;
import io.kuber.node.ContainerState.Termination;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.Optional;

/** Reads back what an earlier run of the agent wrote into a pod's status. Pure. */
final class EarlierRun {
  /** What the kubelet reports for a container whose end nobody saw. */
  private static final int UNSEEN_EXIT = 137;

  private static final String LOST =
      "The container could not be located when the pod was terminated";
  private static final String SCHEME = "kuber://";

  private EarlierRun() {}

  /** A container of that run; empty if that run never started it. */
  static Optional<ContainerState> container(Tree status, Instant now) {
    Tree running = status.tree("state", "running");
    Tree ended = status.tree("state", "terminated");
    Tree before = status.tree("lastState", "terminated");
    String id = withoutScheme(status.text("containerID"));
    Optional<Termination> last;
    if (!running.isEmpty()) {
      last =
          Optional.of(
              new Termination(
                  id, UNSEEN_EXIT, 0, "ContainerStatusUnknown", LOST, startOf(running, now), now));
    } else if (!ended.isEmpty()) {
      last = Optional.of(termination(ended, now));
    } else {
      last = before.isEmpty() ? Optional.empty() : Optional.of(termination(before, now));
    }
    int restarts = (int) status.number(0, "restartCount");
    return last.map(
        termination ->
            ContainerState.ofEarlierRun(
                new Instance(id, status.text("imageID"), termination.startedAt(), Tree.EMPTY),
                restarts,
                termination));
  }

  private static Termination termination(Tree ended, Instant now) {
    String finished = ended.text("finishedAt");
    return new Termination(
        withoutScheme(ended.text("containerID")),
        (int) ended.number(UNSEEN_EXIT, "exitCode"),
        (int) ended.number(0, "signal"),
        ended.text("reason"),
        ended.text("message"),
        startOf(ended, now),
        finished.isEmpty() ? now : Instant.parse(finished));
  }

  private static Instant startOf(Tree tree, Instant now) {
    String started = tree.text("startedAt");
    return started.isEmpty() ? now : Instant.parse(started);
  }

  private static String withoutScheme(String id) {
    return id.startsWith(SCHEME) ? id.substring(SCHEME.length()) : id;
  }
}
