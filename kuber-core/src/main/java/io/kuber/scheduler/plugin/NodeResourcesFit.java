package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.Amounts;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node gives no more than it has; which node is better, a strategy says. */
public final class NodeResourcesFit implements Filter, Score {
  private static final Veto NO_CPU = Veto.of("Insufficient cpu");
  private static final Veto NO_MEMORY = Veto.of("Insufficient memory");
  private static final Veto TOO_MANY = Veto.of("Too many pods");

  private final ScoringStrategy strategy;

  /** Rates nodes by a strategy. */
  public NodeResourcesFit(ScoringStrategy strategy) {
    this.strategy = strategy;
  }

  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    Amounts asked = pod.shape().requests();
    return node -> fits(asked, node) ? null : veto(asked, node);
  }

  /** The quick answer, which most nodes get. */
  private static boolean fits(Amounts asked, NodeState node) {
    Amounts has = node.allocatable();
    return node.podCount() < node.maxPods()
        && (asked.milliCpu() == 0 || asked.milliCpu() <= has.milliCpu() - node.milliCpu())
        && (asked.memory() == 0 || asked.memory() <= has.memory() - node.memory())
        && (asked.ephemeral() == 0 || asked.ephemeral() <= has.ephemeral() - node.ephemeral())
        && (asked.others().isEmpty() || othersFit(asked, node));
  }

  private static boolean othersFit(Amounts asked, NodeState node) {
    for (Map.Entry<String, Long> other : asked.others().entrySet()) {
      long free = node.allocatable().of(other.getKey()) - node.requested(other.getKey());
      if (other.getValue() > 0 && other.getValue() > free) {
        return false;
      }
    }
    return true;
  }

  /** All that is missing; more than the node has at all stays missing whichever pod leaves. */
  private static @Nullable Veto veto(Amounts asked, NodeState node) {
    List<String> reasons = new ArrayList<>(1);
    boolean lasting = false;
    if (node.podCount() >= node.maxPods()) {
      reasons.add("Too many pods");
    }
    lasting |= missing("cpu", asked.milliCpu(), node, reasons);
    lasting |= missing("memory", asked.memory(), node, reasons);
    lasting |= missing("ephemeral-storage", asked.ephemeral(), node, reasons);
    for (Map.Entry<String, Long> other : asked.others().entrySet()) {
      lasting |= missing(other.getKey(), other.getValue(), node, reasons);
    }
    return lasting || reasons.size() != 1 ? new Veto(reasons, lasting) : shared(reasons.get(0));
  }

  private static boolean missing(
      String resource, long asked, NodeState node, List<String> reasons) {
    long has = node.allocatable().of(resource);
    if (asked > 0 && asked > has - node.requested(resource)) {
      reasons.add("Insufficient " + resource);
      return asked > has;
    }
    return false;
  }

  private static Veto shared(String reason) {
    return switch (reason) {
      case "Insufficient cpu" -> NO_CPU;
      case "Insufficient memory" -> NO_MEMORY;
      case "Too many pods" -> TOO_MANY;
      default -> Veto.of(reason);
    };
  }

  @Override
  public boolean looksAtOneNode() {
    return true;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    return what instanceof Happening.PodLeft left
        ? fitsBeside(pod, left.node(), cluster)
        : passesNow(pod, what, cluster);
  }

  /** Room that others wait for, who go first, helps nobody else. */
  private static boolean fitsBeside(PodEntry pod, NodeState node, ClusterState cluster) {
    Amounts together = pod.shape().requests();
    int pods = 1;
    for (PodEntry other : cluster.nominations().on(node.name())) {
      if (other.priority() >= pod.priority() && !other.key().equals(pod.key())) {
        together = together.plus(other.shape().requests());
        pods++;
      }
    }
    return fits(together, node) && node.podCount() + pods <= node.maxPods();
  }

  @Override
  public long weight() {
    return 1;
  }

  @Override
  public Rating prepare(PodEntry pod, ClusterState cluster, List<NodeState> able) {
    Amounts adds = pod.shape().scored();
    return node -> strategy.score(adds, node);
  }
}
