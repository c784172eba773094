package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.scheduler.state.PodShape;
import io.kuber.store.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pods at rest, by kind: filters are asked once for a kind, however many pods of it rest, whether
 * what happened helps. Only pods that wait for the very node that it happened to are asked one by
 * one: room there is kept for them. Owned by the scheduler's loop.
 */
final class Rests {
  /**
   * Filters answer alike for pods of one kind.
   *
   * @param only the pod itself, where volumes decide: then it is the only one of its kind
   */
  private record Kind(PodShape shape, long priority, Set<Filter> rejectedBy, Optional<Key> only) {
    static Kind of(PodEntry pod, Set<Filter> rejectedBy) {
      boolean alone = rejectedBy.stream().anyMatch(Filter::looksAtVolumes);
      return new Kind(
          pod.shape(),
          pod.priority(),
          rejectedBy,
          alone ? Optional.of(pod.key()) : Optional.empty());
    }

    boolean isHelped(PodEntry pod, Happening what, ClusterState cluster) {
      for (Filter filter : rejectedBy) {
        if (filter.mayHelp(pod, what, cluster)) {
          return true;
        }
      }
      return false;
    }
  }

  private record Rest(PodEntry pod, Kind kind) {}

  private final Map<Key, Rest> rests = new HashMap<>();
  private final Map<Kind, Map<Key, PodEntry>> byKind = new LinkedHashMap<>();

  /** The pod rests until one of these filters may change its mind. */
  void add(PodEntry pod, Set<Filter> rejectedBy) {
    remove(pod.key());
    Kind kind = Kind.of(pod, rejectedBy);
    rests.put(pod.key(), new Rest(pod, kind));
    byKind.computeIfAbsent(kind, unused -> new LinkedHashMap<>()).put(pod.key(), pod);
  }

  /** The pod rests no more; nothing happens where it did not. */
  void remove(Key key) {
    Rest over = rests.remove(key);
    if (over != null) {
      byKind.computeIfPresent(over.kind(), (unused, pods) -> without(key, pods));
    }
  }

  private static @Nullable Map<Key, PodEntry> without(Key key, Map<Key, PodEntry> pods) {
    pods.remove(key);
    return pods.isEmpty() ? null : pods;
  }

  /** All that rest. */
  List<Key> pods() {
    return List.copyOf(rests.keySet());
  }

  /** The pods that what happened may help. */
  List<Key> helpedBy(Happening what, ClusterState cluster) {
    if (rests.isEmpty()) {
      return List.of();
    }
    NodeState node = what.node();
    Collection<PodEntry> waiters = node == null ? List.of() : cluster.nominations().on(node.name());
    Set<Key> apart = waiters.stream().map(PodEntry::key).collect(Collectors.toSet());
    List<Key> helped = new ArrayList<>(0);
    byKind.forEach(
        (kind, pods) -> {
          Optional<PodEntry> any =
              pods.values().stream().filter(pod -> !apart.contains(pod.key())).findFirst();
          if (any.isPresent() && kind.isHelped(any.get(), what, cluster)) {
            pods.keySet().stream().filter(key -> !apart.contains(key)).forEach(helped::add);
          }
        });
    for (Key key : apart) {
      Rest rest = rests.get(key);
      if (rest != null && rest.kind().isHelped(rest.pod(), what, cluster)) {
        helped.add(key);
      }
    }
    return helped;
  }
}
