package io.kuber.scheduler.plugin;

/** A node whose CPU and memory fill up evenly is better than one that runs out of one first. */
public final class BalancedAllocation implements Score {
  @Override
  public long weight() {
    return 1;
  }

  @Override
  public long score(PodDemand pod, NodeState node) {
    Amounts has = node.allocatable();
    double cpu = share(node.requested().milliCpu() + pod.requests().milliCpu(), has.milliCpu());
    double memory = share(node.requested().memory() + pod.requests().memory(), has.memory());
    return (long) ((1 - Math.abs(cpu - memory) / 2) * MAX);
  }

  private static double share(long used, long capacity) {
    return capacity == 0 ? 1 : Math.min(1, (double) used / capacity);
  }
}
