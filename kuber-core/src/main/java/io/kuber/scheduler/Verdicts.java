package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Check;
import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.plugin.Veto;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.scheduler.state.PodShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the filters that look at the node only said about pods of one shape: equal pods ask once,
 * until the node changes. Owned by the scheduler's loop.
 */
final class Verdicts {
  /** Shapes remembered; the one asked for longest ago is forgotten first. */
  private static final int MAX_SHAPES = 64;

  private final List<Filter> filters;
  private final Map<PodShape, OfShape> shapes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PodShape, OfShape> eldest) {
          return size() > MAX_SHAPES;
        }
      };

  /** Remembers what the filters say that look at the node only. */
  Verdicts(List<Filter> filters) {
    this.filters = filters.stream().filter(Filter::looksAtNodeOnly).toList();
  }

  /** The verdicts about a pod. */
  OfShape of(PodEntry pod, ClusterState cluster) {
    OfShape known = shapes.computeIfAbsent(pod.shape(), unused -> new OfShape());
    known.checks = filters.stream().map(filter -> filter.prepare(pod, cluster)).toList();
    return known;
  }

  /** The verdicts about pods of one shape. */
  final class OfShape {
    private List<Check> checks = List.of();
    private long[] versions = new long[0];
    private @Nullable Rejection[] rejections = new Rejection[0];

    /** Why the node cannot take the pod, as far as these filters say; null when it can. */
    @Nullable Rejection about(NodeState node) {
      int slot = node.slot();
      if (slot >= versions.length) {
        int size = Math.max(slot + 1, versions.length * 2);
        versions = Arrays.copyOf(versions, size);
        rejections = Arrays.copyOf(rejections, size);
      }
      if (versions[slot] != node.version()) {
        versions[slot] = node.version();
        rejections[slot] = ask(node);
      }
      return rejections[slot];
    }

    private @Nullable Rejection ask(NodeState node) {
      for (int i = 0; i < checks.size(); i++) {
        Veto veto = checks.get(i).veto(node);
        if (veto != null) {
          return new Rejection(filters.get(i), veto);
        }
      }
      return null;
    }
  }
}
