package io.kuber.scheduler;

import io.kuber.loop.Entropy;
import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.plugin.NodeState;
import io.kuber.scheduler.plugin.PodDemand;
import io.kuber.scheduler.plugin.Score;
import io.kuber.scheduler.plugin.Veto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides for one pod at a time. Owned by the scheduler's loop. */
final class Placement {
  /** So many nodes are always rated, if they can take the pod. */
  private static final int MIN_RATED = 100;

  /** At least this share of all nodes is rated, in percent. */
  private static final int MIN_PERCENT = 5;

  private final List<Filter> filters;
  private final List<Score> scores;
  private final Entropy entropy;
  private int next;

  Placement(List<Filter> filters, List<Score> scores, Entropy entropy) {
    this.filters = filters;
    this.scores = scores;
    this.entropy = entropy;
  }

  /** Where the pod goes, or why nowhere. */
  sealed interface Decision {
    /** To this node. */
    record Place(NodeState node) implements Decision {}

    /** Nowhere, for reasons that people can read. */
    record Nowhere(String message) implements Decision {}
  }

  Decision decide(PodDemand pod, List<NodeState> nodes) {
    if (nodes.isEmpty()) {
      return new Decision.Nowhere("no nodes available to schedule pods");
    }
    Map<String, Integer> reasons = new TreeMap<>();
    List<NodeState> able = able(pod, nodes, reasons);
    return able.isEmpty()
        ? new Decision.Nowhere(message(nodes.size(), reasons))
        : new Decision.Place(best(pod, able));
  }

  /** Starts where the last search ended, so that all nodes are asked equally often. */
  private List<NodeState> able(PodDemand pod, List<NodeState> nodes, Map<String, Integer> reasons) {
    int wanted = rated(nodes.size());
    int start = next;
    List<NodeState> able = new ArrayList<>(wanted);
    int asked = 0;
    while (asked < nodes.size() && able.size() < wanted) {
      NodeState node = nodes.get((start + asked++) % nodes.size());
      Veto veto = veto(pod, node);
      if (veto == null) {
        able.add(node);
      } else {
        veto.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
      }
    }
    next = (start + asked) % nodes.size();
    return able;
  }

  /** The larger the cluster, the smaller the share that is rated (upstream does the same). */
  private static int rated(int nodes) {
    int percent = Math.max(MIN_PERCENT, 50 - nodes / 125);
    return Math.min(nodes, Math.max(MIN_RATED, nodes * percent / 100));
  }

  private @Nullable Veto veto(PodDemand pod, NodeState node) {
    for (Filter filter : filters) {
      Veto veto = filter.veto(pod, node);
      if (veto != null) {
        return veto;
      }
    }
    return null;
  }

  private NodeState best(PodDemand pod, List<NodeState> able) {
    if (able.size() == 1) {
      return able.get(0);
    }
    long[] totals = new long[able.size()];
    for (Score score : scores) {
      long[] ratings = new long[able.size()];
      for (int i = 0; i < ratings.length; i++) {
        ratings[i] = score.score(pod, able.get(i));
      }
      score.normalize(ratings);
      for (int i = 0; i < ratings.length; i++) {
        totals[i] += ratings[i] * score.weight();
      }
    }
    return able.get(anyBest(totals));
  }

  private int anyBest(long[] totals) {
    int best = 0;
    int equals = 1;
    for (int i = 1; i < totals.length; i++) {
      if (totals[i] > totals[best]) {
        best = i;
        equals = 1;
      } else if (totals[i] == totals[best] && entropy.below(++equals) == 0) {
        best = i;
      }
    }
    return best;
  }

  private static String message(int nodes, Map<String, Integer> reasons) {
    return "0/%d nodes are available: %s."
        .formatted(
            nodes,
            reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .sorted()
                .collect(Collectors.joining(", ")));
  }
}
