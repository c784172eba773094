package io.kuber.testkit.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;

/**
 * What is known of a container's run so far. Pure.
 *
 * @param status of the container; empty before there was one
 */
record ContainerRun(Tree status) {
  static ContainerRun before(KubeObject pod, Tree container) {
    return new ContainerRun(
        pod.status().items("containerStatuses").trees().stream()
            .filter(status -> status.text("name").equals(container.text("name")))
            .findFirst()
            .orElse(Tree.EMPTY));
  }

  long restarts() {
    return status.number(0, "restartCount");
  }

  /** The status of a container that runs: it goes on, or it has started anew. */
  Tree next(Tree fresh) {
    if (status.tree("state").has("running")) {
      return status;
    }
    Tree end = lastEnd();
    return end.isEmpty()
        ? fresh
        : fresh.with("restartCount", restarts() + 1).with("lastState", end);
  }

  /** How the last run ended; empty when there was none. */
  private Tree lastEnd() {
    return status.tree("state").has("terminated") ? status.tree("state") : status.tree("lastState");
  }
}
