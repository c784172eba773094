package io.kuber.scheduler.plugin;

import io.kuber.object.Tree;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.scheduler.state.PodShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pod keeps away from taints that it does not tolerate, and rather from those that warn. */
public final class TaintToleration implements Filter, Score {
  private static final String WARNING = "PreferNoSchedule";

  /** Which taints nodes have is not for those who make pods to know. */
  private static final Veto UNTOLERATED = Veto.lasting("node(s) had untolerated taint(s)");

  @Override
  public String name() {
    return "TaintToleration";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    return node -> veto(pod.shape(), node);
  }

  private static @Nullable Veto veto(PodShape pod, NodeState node) {
    for (Tree taint : node.taints()) {
      if (!taint.text("effect").equals(WARNING) && !pod.tolerates(taint)) {
        return UNTOLERATED;
      }
    }
    return null;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    return passesNow(pod, what, cluster);
  }

  @Override
  public boolean looksAtNodeOnly() {
    return true;
  }

  @Override
  public long weight() {
    return 3;
  }

  @Override
  public Rating prepare(PodEntry pod, ClusterState cluster, List<NodeState> able) {
    for (NodeState node : able) {
      if (!node.taints().isEmpty()) {
        return new Warnings(pod.shape());
      }
    }
    return Rating.NONE;
  }

  private record Warnings(PodShape pod) implements Rating {
    @Override
    public long of(NodeState node) {
      long warnings = 0;
      for (Tree taint : node.taints()) {
        warnings += taint.text("effect").equals(WARNING) && !pod.tolerates(taint) ? 1 : 0;
      }
      return warnings;
    }

    @Override
    public void normalize(long[] ratings) {
      Score.stretch(ratings, true);
    }
  }
}
