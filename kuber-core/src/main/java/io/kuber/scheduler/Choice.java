package io.kuber.scheduler;

import io.kuber.loop.Entropy;
import io.kuber.scheduler.plugin.Rating;
import io.kuber.scheduler.plugin.Score;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.List;

/** Chooses the best of the nodes that can take a pod; of equals any. */
final class Choice {
  private final List<Score> scores;
  private final ClusterState cluster;
  private final Entropy entropy;

  Choice(List<Score> scores, ClusterState cluster, Entropy entropy) {
    this.scores = scores;
    this.cluster = cluster;
    this.entropy = entropy;
  }

  NodeState best(PodEntry pod, List<NodeState> able) {
    return able.size() == 1 ? able.get(0) : able.get(anyBest(totals(pod, able)));
  }

  private long[] totals(PodEntry pod, List<NodeState> able) {
    long[] totals = new long[able.size()];
    long[] ratings = new long[able.size()];
    for (Score score : scores) {
      Rating rating = score.prepare(pod, cluster, able);
      if (rating != Rating.NONE) {
        for (int i = 0; i < ratings.length; i++) {
          ratings[i] = rating.of(able.get(i));
        }
        rating.normalize(ratings);
        for (int i = 0; i < ratings.length; i++) {
          totals[i] += ratings[i] * score.weight();
        }
      }
    }
    return totals;
  }

  private int anyBest(long[] totals) {
    long best = Long.MIN_VALUE;
    int equals = 0;
    for (long total : totals) {
      if (total > best) {
        best = total;
        equals = 0;
      }
      equals += total == best ? 1 : 0;
    }
    int chosen = equals == 1 ? 0 : entropy.below(equals);
    for (int i = 0; ; i++) {
      if (totals[i] == best && chosen-- == 0) {
        return i;
      }
    }
  }
}
