package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.Amounts;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.List;

/** A node whose CPU and memory fill up evenly is better than one that runs out of one first. */
public final class NodeResourcesBalancedAllocation implements Score {
  @Override
  public long weight() {
    return 1;
  }

  /** A pod that asks for nothing changes no balance (kubernetes/kubernetes#129138). */
  @Override
  public Rating prepare(PodEntry pod, ClusterState cluster, List<NodeState> able) {
    Amounts adds = pod.shape().requests();
    return adds.milliCpu() == 0 && adds.memory() == 0 ? Rating.NONE : node -> balance(adds, node);
  }

  /** One minus the standard deviation of the shares in use; of two that is half their distance. */
  private static long balance(Amounts adds, NodeState node) {
    Amounts has = node.allocatable();
    if (has.milliCpu() == 0 || has.memory() == 0) {
      return MAX;
    }
    double cpu = share(node.milliCpu() + adds.milliCpu(), has.milliCpu());
    double memory = share(node.memory() + adds.memory(), has.memory());
    return (long) ((1 - Math.abs(cpu - memory) / 2) * MAX);
  }

  private static double share(long used, long capacity) {
    return Math.min(1, (double) used / capacity);
  }
}
