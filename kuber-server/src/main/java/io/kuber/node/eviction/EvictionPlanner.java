package io.kuber.node.eviction;

import io.kuber.node.stats.Summary;
import io.kuber.node.stats.Summary.PodSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which pods have to go (pkg/kubelet/eviction/eviction_manager.go, synchronize). First come
 * those that take more of the disk than they may; only without any the one that the node can best
 * do without, if it runs short. Pure.
 */
final class EvictionPlanner {
  private EvictionPlanner() {}

  /**
   * What to do now.
   *
   * @param thresholds in the order in which shortages are seen to
   * @param seen when each pressure was last there, from the plan before
   */
  static EvictionPlan plan(
      Summary summary, List<Threshold> thresholds, Map<Pressure, Instant> seen, Instant now) {
    List<Threshold> met =
        thresholds.stream()
            .filter(threshold -> threshold.isMet(threshold.signal().observe(summary)))
            .toList();
    Set<Pressure> current = EnumSet.noneOf(Pressure.class);
    met.forEach(threshold -> current.add(threshold.signal().pressure()));
    Map<Pressure, Instant> after = EvictionPlan.seen(seen, current, now);
    Set<Pressure> under = EvictionPlan.under(after, now);
    List<Victim> greedy = StorageLimits.victims(summary);
    if (!greedy.isEmpty() || met.isEmpty()) {
      return new EvictionPlan(after, under, Optional.empty(), greedy);
    }
    Threshold first = met.get(0);
    return new EvictionPlan(
        after,
        under,
        Optional.of(first.signal().resource()),
        victim(summary, first).stream().toList());
  }

  private static Optional<Victim> victim(Summary summary, Threshold threshold) {
    return summary.pods().stream()
        .filter(pod -> !pod.containers().isEmpty() && !Claims.isCritical(pod.object()))
        .min(order(threshold.signal()))
        .map(pod -> new Victim(pod.object(), EvictionMessage.of(pod, threshold, summary)));
  }

  /**
   * Who goes first: who uses more than was asked for; then the least important; then who uses most
   * beyond what was asked for. Nobody asks for process numbers, so that only the last two count.
   */
  static Comparator<PodSummary> order(Signal signal) {
    Comparator<PodSummary> priority =
        Comparator.comparingLong(pod -> Claims.priority(pod.object()));
    Comparator<PodSummary> amount =
        Comparator.comparingLong((PodSummary pod) -> excess(pod, signal)).reversed();
    Comparator<PodSummary> exceeds =
        Comparator.comparing((PodSummary pod) -> excess(pod, signal) <= 0);
    return signal == Signal.PID_AVAILABLE
        ? priority.thenComparing(amount)
        : exceeds.thenComparing(priority).thenComparing(amount);
  }

  private static long excess(PodSummary pod, Signal signal) {
    return signal.usedBy(pod) - Claims.requested(pod.object(), signal.resource());
  }
}
