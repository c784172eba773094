package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.List;

/** Rates the nodes that can take a pod. */
public interface Score {
  /** The best rating after {@link Rating#normalize}. */
  long MAX = 100;

  /** How much this rating counts beside the others. */
  long weight();

  /** The rating for one pod; {@link Rating#NONE} where all nodes are alike. */
  Rating prepare(PodEntry pod, ClusterState cluster, List<NodeState> able);

  /** Stretches ratings so that the largest becomes {@link #MAX}. */
  static void stretch(long[] scores, boolean lowIsGood) {
    long largest = 0;
    for (long score : scores) {
      largest = Math.max(largest, score);
    }
    for (int i = 0; i < scores.length; i++) {
      long share = largest == 0 ? 0 : scores[i] * MAX / largest;
      scores[i] = lowIsGood ? MAX - share : share;
    }
  }
}
