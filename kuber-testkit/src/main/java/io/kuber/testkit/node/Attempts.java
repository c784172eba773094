package io.kuber.testkit.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.view.Timestamps;
import java.time.Duration;

/** How often a pod has failed at what it tries again. Owned by the loop of the nodes. */
final class Attempts {
  /** A container that ran for so long is forgiven its failures (pkg/kubelet: twice the maximum). */
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

  private PodState last = PodState.NEW;
  private int pulls;
  private int crashes;

  /** The pod is in this state now, perhaps still. */
  void saw(PodState state, KubeObject pod) {
    if (state == last) {
      return;
    }
    last = state;
    if (state == PodState.PULL_FAILED) {
      pulls++;
    } else if (state == PodState.CRASHED) {
      crashes = ran(pod).compareTo(FORGIVEN_AFTER) > 0 ? 1 : crashes + 1;
    }
  }

  private static Duration ran(KubeObject pod) {
    Tree end =
        pod.status().items("containerStatuses").trees().stream()
            .map(container -> container.tree("state", "terminated"))
            .filter(terminated -> !terminated.isEmpty())
            .findFirst()
            .orElse(Tree.EMPTY);
    return Duration.between(
        Timestamps.parse(end.text("startedAt")), Timestamps.parse(end.text("finishedAt")));
  }

  /** The number of the attempt that a pod in this state waits for; the first restart is at once. */
  int of(PodState state) {
    return switch (state) {
      case PULL_FAILED, PULL_BACK_OFF -> pulls;
      case CRASHED, BACK_OFF -> crashes - 1;
      default -> 1;
    };
  }
}
