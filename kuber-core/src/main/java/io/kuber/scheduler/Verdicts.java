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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What filters said about pods of one kind: equal pods ask once. What follows from the node only
 * holds until the node changes; what follows from its pods too, and from who waits for it, until
 * one of these does. Owned by the scheduler's loop.
 */
final class Verdicts {
  /** Kinds of pods remembered; the one asked for longest ago is forgotten first. */
  private static final int MAX_KINDS = 64;

  private record Kind(PodShape shape, long priority) {}

  private final List<Filter> filters;
  private final Map<Kind, OfKind> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, OfKind> eldest) {
          return size() > MAX_KINDS;
        }
      };

  /** Remembers what the filters say that look at the node only. */
  Verdicts(List<Filter> filters) {
    this.filters = filters.stream().filter(Filter::looksAtNodeOnly).toList();
  }

  /** The verdicts about a pod. */
  OfKind of(PodEntry pod, ClusterState cluster) {
    OfKind known =
        kinds.computeIfAbsent(new Kind(pod.shape(), pod.priority()), unused -> new OfKind());
    known.checks = filters.stream().map(filter -> filter.prepare(pod, cluster)).toList();
    return known;
  }

  /** The verdicts about pods of one kind. */
  final class OfKind {
    private final Memory byNode = new Memory();
    private final Memory byPods = new Memory();
    private final Function<NodeState, @Nullable Rejection> question = this::ask;
    private List<Check> checks = List.of();

    /** Why the node cannot take the pod, as far as these filters say; null when it can. */
    @Nullable Rejection about(NodeState node) {
      return byNode.recall(node, node.version(), question);
    }

    /** The whole answer, which follows from the node, its pods, and those who wait for it. */
    @Nullable Rejection about(NodeState node, Function<NodeState, @Nullable Rejection> allFilters) {
      return byPods.recall(node, node.podsVersion(), allFilters);
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

  /** One answer per node, and the version for which it holds. */
  private static final class Memory {
    private long[] versions = new long[0];
    private @Nullable Rejection[] rejections = new Rejection[0];

    @Nullable Rejection recall(
        NodeState node, long version, Function<NodeState, @Nullable Rejection> question) {
      int slot = node.slot();
      if (slot >= versions.length) {
        int size = Math.max(slot + 1, versions.length * 2);
        versions = Arrays.copyOf(versions, size);
        rejections = Arrays.copyOf(rejections, size);
      }
      if (versions[slot] != version) {
        rejections[slot] = question.apply(node);
        versions[slot] = version;
      }
      return rejections[slot];
    }
  }
}
