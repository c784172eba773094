package io.kuber.scheduler.plugin;

import io.kuber.resource.Resources;
import io.kuber.scheduler.state.AffinityTerm;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.Needs;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.scheduler.state.PodShape;
import io.kuber.scheduler.state.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pods that belong together share a place, pods that must not meet do not; the wish of a pod that
 * is there counts like that of the one that comes.
 */
public final class InterPodAffinity implements Filter, Score {
  private static final String NAMESPACES = Resources.NAMESPACES.qualifiedName();
  private static final Veto ALONE = Veto.lasting("node(s) didn't match pod affinity rules");
  private static final Veto MET = Veto.of("node(s) didn't match pod anti-affinity rules");
  private static final Veto REPELLED =
      Veto.of("node(s) didn't satisfy existing pods anti-affinity rules");

  @Override
  public String name() {
    return "InterPodAffinity";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    Needs needs = cluster.needs(pod.shape());
    if (needs.affinity().isEmpty()
        && needs.antiAffinity().isEmpty()
        && needs.repelling().isEmpty()) {
      return Check.PASS;
    }
    return new Neighbours(needs, means(pod.shape().affinity(), pod.shape(), cluster));
  }

  /** Whether all terms mean a pod. */
  private static boolean means(List<AffinityTerm> terms, PodShape pod, ClusterState cluster) {
    return !terms.isEmpty()
        && terms.stream().allMatch(term -> term.matches(pod, cluster.namespaces()));
  }

  private static boolean meansAny(List<AffinityTerm> terms, PodShape pod, ClusterState cluster) {
    return terms.stream().anyMatch(term -> term.matches(pod, cluster.namespaces()));
  }

  private record Neighbours(Needs needs, boolean meansItself) implements Check {
    @Override
    public @Nullable Veto veto(NodeState node) {
      if (!hasCompany(node)) {
        return ALONE;
      }
      if (anyAt(needs.antiAffinity(), node)) {
        return MET;
      }
      return anyAt(needs.repelling(), node) ? REPELLED : null;
    }

    /** The first of pods that want each other finds nobody anywhere, and may begin. */
    private boolean hasCompany(NodeState node) {
      boolean company = true;
      for (Tally tally : needs.affinity()) {
        if (!tally.hasPlace(node)) {
          return false;
        }
        company &= tally.at(node) > 0;
      }
      return company || (meansItself && nobodyAnywhere());
    }

    private boolean nobodyAnywhere() {
      for (Tally tally : needs.affinity()) {
        if (tally.total() > 0) {
          return false;
        }
      }
      return true;
    }

    private static boolean anyAt(List<Tally> tallies, NodeState node) {
      for (Tally tally : tallies) {
        if (tally.at(node) > 0) {
          return true;
        }
      }
      return false;
    }
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    PodShape shape = pod.shape();
    if (what instanceof Happening.PodCame came) {
      return means(shape.affinity(), came.pod().shape(), cluster);
    }
    if (what instanceof Happening.PodLeft left) {
      PodShape other = left.pod().shape();
      return meansAny(shape.antiAffinity(), other, cluster)
          || meansAny(other.antiAffinity(), shape, cluster)
          || means(shape.affinity(), other, cluster);
    }
    if (what instanceof Happening.ObjectChanged changed) {
      return changed.resource().equals(NAMESPACES);
    }
    return true;
  }

  @Override
  public long weight() {
    return 2;
  }

  @Override
  public Rating prepare(PodEntry pod, ClusterState cluster, List<NodeState> able) {
    Needs needs = cluster.needs(pod.shape());
    return needs.preferences().isEmpty() && needs.attracting().isEmpty()
        ? Rating.NONE
        : new Liking(needs);
  }

  private record Liking(Needs needs) implements Rating {
    @Override
    public long of(NodeState node) {
      long sum = 0;
      for (Needs.Preference wish : needs.preferences()) {
        sum += wish.weight() * wish.tally().at(node);
      }
      for (Tally tally : needs.attracting()) {
        sum += tally.at(node);
      }
      return sum;
    }

    @Override
    public void normalize(long[] ratings) {
      long least = Long.MAX_VALUE;
      long most = Long.MIN_VALUE;
      for (long rating : ratings) {
        least = Math.min(least, rating);
        most = Math.max(most, rating);
      }
      for (int i = 0; i < ratings.length; i++) {
        ratings[i] = most == least ? 0 : MAX * (ratings[i] - least) / (most - least);
      }
    }
  }
}
