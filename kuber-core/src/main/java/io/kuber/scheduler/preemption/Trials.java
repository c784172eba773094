package io.kuber.scheduler.preemption;

import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.scheduler.state.PodShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was tried before: for pods of one shape and priority a node gives the same result until it,
 * its pods, those who wait for it or the disruption budgets change. Owned by the scheduler's loop.
 */
final class Trials {
  /** Kinds of pods remembered; the one that tried longest ago is forgotten first. */
  private static final int MAX_KINDS = 16;

  private record Kind(PodShape shape, long priority) {}

  static final class OfKind {
    private long[] versions = new long[0];
    private DryRun.@Nullable Result[] results = new DryRun.Result[0];

    DryRun.Result result(NodeState node, DryRun dryRun) {
      int slot = node.slot();
      if (slot >= results.length) {
        int size = Math.max(slot + 1, results.length * 2);
        versions = Arrays.copyOf(versions, size);
        results = Arrays.copyOf(results, size);
      }
      DryRun.Result known = results[slot];
      if (known != null && versions[slot] == node.podsVersion()) {
        return known;
      }
      DryRun.Result result = dryRun.on(node);
      versions[slot] = node.podsVersion();
      results[slot] = result;
      return result;
    }
  }

  private final Map<Kind, OfKind> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, OfKind> eldest) {
          return size() > MAX_KINDS;
        }
      };

  private @Nullable Budgets held;

  /** The results for pods like this one, as long as the budgets say the same. */
  OfKind of(PodEntry pod, Budgets budgets) {
    if (held == null || !held.areLike(budgets)) {
      kinds.clear();
      held = budgets;
    }
    return kinds.computeIfAbsent(new Kind(pod.shape(), pod.priority()), unused -> new OfKind());
  }
}
