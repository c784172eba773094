package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.NodeWish;
import io.kuber.scheduler.state.PodEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pod goes where its node selector and its node affinity send it. */
public final class NodeAffinity implements Filter, Score {
  private static final Veto OTHER =
      Veto.lasting("node(s) didn't match Pod's node affinity/selector");

  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    NodeWish wish = pod.shape().nodes();
    return wish.allowsAll() ? Check.PASS : node -> wish.allows(node) ? null : OTHER;
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
  public Optional<Set<String>> only(PodEntry pod) {
    return pod.shape().nodes().names();
  }

  @Override
  public long weight() {
    return 2;
  }

  @Override
  public Rating prepare(PodEntry pod, ClusterState cluster, List<NodeState> able) {
    List<NodeWish.Preference> preferred = pod.shape().nodes().preferred();
    return preferred.isEmpty() ? Rating.NONE : new Preferences(preferred);
  }

  private record Preferences(List<NodeWish.Preference> wishes) implements Rating {
    @Override
    public long of(NodeState node) {
      long score = 0;
      for (NodeWish.Preference wish : wishes) {
        score += wish.term().matches(node.name(), node.labels()) ? wish.weight() : 0;
      }
      return score;
    }

    @Override
    public void normalize(long[] ratings) {
      Score.stretch(ratings, false);
    }
  }
}
