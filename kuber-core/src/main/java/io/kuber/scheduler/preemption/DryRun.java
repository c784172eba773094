package io.kuber.scheduler.preemption;

import io.kuber.scheduler.plugin.Veto;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tries on one node what would be if less important pods left: takes all of them away, and then
 * lets back whoever can stay, those first that a budget protects, and of those the most important.
 */
final class DryRun {
  private static final Veto NO_VICTIMS =
      Veto.lasting("No preemption victims found for incoming pod");

  /** Either a candidate, or why the node is none. */
  record Result(@Nullable Candidate candidate, @Nullable Veto veto) {}

  private final ClusterState cluster;
  private final PodEntry pod;
  private final Function<NodeState, @Nullable Veto> rules;
  private final Budgets budgets;

  DryRun(
      ClusterState cluster,
      PodEntry pod,
      Function<NodeState, @Nullable Veto> rules,
      Budgets budgets) {
    this.cluster = cluster;
    this.pod = pod;
    this.rules = rules;
    this.budgets = budgets;
  }

  Result on(NodeState node) {
    List<PodEntry> lower = new ArrayList<>();
    for (PodEntry there : node.pods()) {
      if (there.priority() < pod.priority()) {
        lower.add(there);
      }
    }
    if (lower.isEmpty()) {
      return new Result(null, NO_VICTIMS);
    }
    lower.sort(PodEntry.IMPORTANCE);
    return cluster.suppose(node, () -> without(lower, node));
  }

  private Result without(List<PodEntry> lower, NodeState node) {
    lower.forEach(there -> cluster.unplace(there.key()));
    Veto veto = rules.apply(node);
    if (veto != null) {
      lower.forEach(there -> cluster.place(there, node.name()));
      return new Result(null, veto);
    }
    Candidate candidate = spare(node, lower);
    candidate.victims().forEach(victim -> cluster.place(victim, node.name()));
    return new Result(candidate, null);
  }

  private Candidate spare(NodeState node, List<PodEntry> lower) {
    List<PodEntry> victims = new ArrayList<>();
    List<PodEntry> guarded = budgets.violatedBy(lower);
    spare(node, guarded, victims);
    int violations = victims.size();
    List<PodEntry> others = new ArrayList<>(lower);
    others.removeAll(guarded);
    spare(node, others, victims);
    victims.sort(PodEntry.IMPORTANCE);
    return Candidate.of(node, victims, violations);
  }

  private void spare(NodeState node, List<PodEntry> pods, List<PodEntry> victims) {
    for (PodEntry there : pods) {
      cluster.place(there, node.name());
      if (rules.apply(node) != null) {
        cluster.unplace(there.key());
        victims.add(there);
      }
    }
  }
}
