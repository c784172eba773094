package io.kuber.scheduler.plugin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node gives no more than it has; the emptier one is better. */
public final class NodeResourcesFit implements Filter, Score {
  @Override
  public @Nullable Veto veto(PodDemand pod, NodeState node) {
    Amounts asked = pod.requests();
    Amounts free = node.allocatable();
    Amounts used = node.requested();
    List<String> reasons = new ArrayList<>(0);
    if (node.podCount() + 1 > node.maxPods()) {
      reasons.add("Too many pods");
    }
    check("cpu", asked.milliCpu(), free.milliCpu() - used.milliCpu(), reasons);
    check("memory", asked.memory(), free.memory() - used.memory(), reasons);
    check("ephemeral-storage", asked.ephemeral(), free.ephemeral() - used.ephemeral(), reasons);
    asked
        .others()
        .forEach(
            (name, amount) ->
                check(
                    name,
                    amount,
                    free.others().getOrDefault(name, 0L) - used.others().getOrDefault(name, 0L),
                    reasons));
    return reasons.isEmpty() ? null : new Veto(reasons);
  }

  private static void check(String name, long asked, long free, List<String> reasons) {
    if (asked > 0 && asked > free) {
      reasons.add("Insufficient " + name);
    }
  }

  @Override
  public long weight() {
    return 1;
  }

  /** The mean of what would be left of CPU and memory (upstream: LeastAllocated). */
  @Override
  public long score(PodDemand pod, NodeState node) {
    Amounts has = node.allocatable();
    long cpu = left(node.scored().milliCpu() + pod.scored().milliCpu(), has.milliCpu());
    long memory = left(node.scored().memory() + pod.scored().memory(), has.memory());
    return (cpu + memory) / 2;
  }

  private static long left(long used, long capacity) {
    return capacity == 0 || used > capacity ? 0 : (capacity - used) * MAX / capacity;
  }
}
