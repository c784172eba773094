package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Check;
import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.plugin.Veto;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All filters of a profile, prepared for one pod. Reads the state as it is at each question. Owned
 * by the scheduler's loop.
 */
final class Checks {
  private final PodEntry pod;
  private final ClusterState cluster;
  private final Verdicts.OfKind verdicts;
  private final List<Filter> filters = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<Rejection> refusals = new ArrayList<>(0);
  private final boolean lookAtOneNode;
  private final String waitsFor;
  private final Function<NodeState, @Nullable Rejection> afresh = this::rejectionNow;

  Checks(Profile profile, Verdicts verdicts, PodEntry pod, ClusterState cluster) {
    this.pod = pod;
    this.cluster = cluster;
    this.verdicts = verdicts.of(pod, cluster);
    for (Filter filter : profile.filters()) {
      if (!filter.looksAtNodeOnly()) {
        add(filter, filter.prepare(pod, cluster));
      }
    }
    this.lookAtOneNode = filters.stream().allMatch(Filter::looksAtOneNode);
    this.waitsFor = cluster.nominations().nodeOf(pod.key()).orElse("");
  }

  private void add(Filter filter, Check check) {
    if (check instanceof Check.Refusal refusal) {
      refusals.add(new Rejection(filter, refusal.veto()));
    }
    if (check != Check.PASS) {
      filters.add(filter);
      checks.add(check);
    }
  }

  /** Why no node needs to be asked. */
  Optional<Rejection> refusal() {
    return refusals.stream().findFirst();
  }

  /**
   * Whether equal pods hear the same of the node until something changes there: so it is if no
   * filter looks beyond the node that it is asked about, and the pod does not wait for it itself.
   */
  boolean isRepeatable(NodeState node) {
    return lookAtOneNode && (waitsFor.isEmpty() || !waitsFor.equals(node.name()));
  }

  /** The nodes that need to be asked, and who named them; empty when that is all of them. */
  static Optional<Set<String>> only(Profile profile, PodEntry pod) {
    Set<String> names = null;
    for (Filter filter : profile.filters()) {
      Optional<Set<String>> named = filter.only(pod);
      if (named.isPresent()) {
        if (names == null) {
          names = new HashSet<>(named.get());
        } else {
          names.retainAll(named.get());
        }
      }
    }
    return Optional.ofNullable(names);
  }

  /** Why the node cannot take the pod, as far as is known or else found out; null when it can. */
  @Nullable Rejection rejection(NodeState node) {
    return isRepeatable(node) ? verdicts.about(node, afresh) : rejectionNow(node);
  }

  /**
   * Why the node cannot take the pod; null when it can, with and without those pods that wait for
   * the node and go first: they may come, or not (upstream: RunFilterPluginsWithNominatedPods).
   */
  @Nullable Rejection rejectionNow(NodeState node) {
    Rejection rejection = ask(node);
    if (rejection != null || cluster.nominations().isEmpty()) {
      return rejection;
    }
    List<PodEntry> first = goingFirst(cluster.nominations().on(node.name()));
    return first.isEmpty() ? null : cluster.suppose(node, () -> beside(first, node));
  }

  private @Nullable Rejection beside(List<PodEntry> others, NodeState node) {
    others.forEach(other -> cluster.place(other, node.name()));
    Rejection rejection = ask(node);
    others.forEach(other -> cluster.unplace(other.key()));
    return rejection;
  }

  private List<PodEntry> goingFirst(Collection<PodEntry> waiting) {
    return waiting.stream()
        .filter(other -> other.priority() >= pod.priority() && !other.key().equals(pod.key()))
        .filter(other -> cluster.placeOf(other.key()).isEmpty())
        .toList();
  }

  private @Nullable Rejection ask(NodeState node) {
    Rejection known = verdicts.about(node);
    if (known != null) {
      return known;
    }
    for (int i = 0; i < checks.size(); i++) {
      Veto veto = checks.get(i).veto(node);
      if (veto != null) {
        return new Rejection(filters.get(i), veto);
      }
    }
    return null;
  }
}
