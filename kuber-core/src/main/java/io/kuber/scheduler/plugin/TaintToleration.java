package io.kuber.scheduler.plugin;

import io.kuber.object.Tree;
import org.jspecify.annotations.Nullable;

/** A pod keeps away from taints that it does not tolerate, and rather from those that warn. */
public final class TaintToleration implements Filter, Score {
  @Override
  public @Nullable Veto veto(PodDemand pod, NodeState node) {
    for (Tree taint : node.taints()) {
      boolean repels = !taint.text("effect").equals("PreferNoSchedule");
      if (repels && !tolerates(pod, taint)) {
        return Veto.of(
            "node(s) had untolerated taint {%s: %s}"
                .formatted(taint.text("key"), taint.text("value")));
      }
    }
    return null;
  }

  private static boolean tolerates(PodDemand pod, Tree taint) {
    return pod.tolerations().stream().anyMatch(toleration -> toleration.covers(taint));
  }

  @Override
  public long weight() {
    return 3;
  }

  @Override
  public long score(PodDemand pod, NodeState node) {
    return node.taints().stream()
        .filter(taint -> taint.text("effect").equals("PreferNoSchedule"))
        .filter(taint -> !tolerates(pod, taint))
        .count();
  }

  @Override
  public void normalize(long[] scores) {
    Score.stretch(scores, true);
  }
}
