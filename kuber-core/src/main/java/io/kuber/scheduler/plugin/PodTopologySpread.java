package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.Needs;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.scheduler.state.PodShape;
import io.kuber.scheduler.state.SpreadRule;
import io.kuber.scheduler.state.Tally;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods of one kind are spread over places, as evenly as their rules ask. */
public final class PodTopologySpread implements Filter, Score {
  private static final String HOST = "kubernetes.io/hostname";
  private static final String REASON = "node(s) didn't match pod topology spread constraints";
  private static final Veto SKEWED = Veto.of(REASON);
  private static final Veto NO_PLACE = Veto.lasting(REASON + " (missing required label)");

  /** The rating of a node outside all places, before it becomes zero. */
  private static final long IGNORED = -1;

  @Override
  public String name() {
    return "PodTopologySpread";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    List<Needs.Spread> hard = cluster.needs(pod.shape()).hard();
    return hard.isEmpty() ? Check.PASS : node -> veto(hard, node);
  }

  private static @Nullable Veto veto(List<Needs.Spread> rules, NodeState node) {
    for (Needs.Spread spread : rules) {
      Tally tally = spread.tally();
      if (!tally.hasPlace(node)) {
        return NO_PLACE;
      }
      long least = tally.places() < spread.rule().minDomains() ? 0 : tally.least();
      long here = tally.at(node) + (spread.countsItself() ? 1 : 0);
      if (here - least > spread.rule().maxSkew()) {
        return SKEWED;
      }
    }
    return null;
  }

  /** Where places come or go, the emptiest may be another one. */
  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    if (what instanceof Happening.PodCame came) {
      return spreads(pod.shape(), came.pod().shape());
    }
    if (what instanceof Happening.PodLeft left) {
      return spreads(pod.shape(), left.pod().shape());
    }
    return !(what instanceof Happening.ObjectChanged);
  }

  private static boolean spreads(PodShape pod, PodShape other) {
    if (pod.namespace().equals(other.namespace())) {
      for (SpreadRule rule : pod.spread()) {
        if (rule.selector().matches(other.labels())) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public long weight() {
    return 2;
  }

  @Override
  public Rating prepare(PodEntry pod, ClusterState cluster, List<NodeState> able) {
    List<Needs.Spread> soft = cluster.needs(pod.shape()).soft();
    return soft.isEmpty() ? Rating.NONE : new Evenness(soft, !pod.shape().spread().isEmpty(), able);
  }

  private static final class Evenness implements Rating {
    private final List<Needs.Spread> rules;
    private final boolean needsAllPlaces;
    private final double[] weights;

    Evenness(List<Needs.Spread> rules, boolean needsAllPlaces, List<NodeState> able) {
      this.rules = rules;
      this.needsAllPlaces = needsAllPlaces;
      this.weights = new double[rules.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.log(places(rules.get(i), able) + 2.0);
      }
    }

    /** In how many places the nodes are; pods of large and small places get comparable weights. */
    private int places(Needs.Spread spread, List<NodeState> able) {
      BitSet places = new BitSet();
      int hosts = 0;
      for (NodeState node : able) {
        if (!isIgnored(node)) {
          hosts++;
          places.set(spread.tally().placeOf(node) + 1);
        }
      }
      return spread.rule().topologyKey().equals(HOST) ? hosts : places.cardinality();
    }

    private boolean isIgnored(NodeState node) {
      if (needsAllPlaces) {
        for (Needs.Spread spread : rules) {
          if (!spread.tally().hasPlace(node)) {
            return true;
          }
        }
      }
      return false;
    }

    @Override
    public long of(NodeState node) {
      if (isIgnored(node)) {
        return IGNORED;
      }
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        Needs.Spread spread = rules.get(i);
        if (spread.tally().hasPlace(node)) {
          sum += spread.tally().at(node) * weights[i] + (spread.rule().maxSkew() - 1);
        }
      }
      return Math.round(sum);
    }

    @Override
    public void normalize(long[] ratings) {
      long least = Long.MAX_VALUE;
      long most = 0;
      for (long rating : ratings) {
        if (rating != IGNORED) {
          least = Math.min(least, rating);
          most = Math.max(most, rating);
        }
      }
      for (int i = 0; i < ratings.length; i++) {
        if (ratings[i] == IGNORED) {
          ratings[i] = 0;
        } else {
          ratings[i] = most == 0 ? MAX : MAX * (most + least - ratings[i]) / most;
        }
      }
    }
  }
}
