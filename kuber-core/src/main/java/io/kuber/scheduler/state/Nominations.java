package io.kuber.scheduler.state;

import io.kuber.store.Key;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pods that wait for the node that was made free for them. At most one entry per pending pod. Owned
 * by the scheduler's loop.
 */
public final class Nominations {
  private final Consumer<String> changed;
  private final Map<String, Map<Key, PodEntry>> byNode = new HashMap<>();
  private final Map<Key, String> nodes = new HashMap<>();

  /** Tells of each node for which others wait than before. */
  Nominations(Consumer<String> changed) {
    this.changed = changed;
  }

  /** The pod waits for that node, and for no other. */
  public void nominate(PodEntry pod, String node) {
    if (node.equals(nodes.get(pod.key()))) {
      renew(pod, node);
      return;
    }
    withdraw(pod.key());
    nodes.put(pod.key(), node);
    byNode.computeIfAbsent(node, unused -> new LinkedHashMap<>()).put(pod.key(), pod);
    changed.accept(node);
  }

  /** A newer state of a pod that waits for the node already. */
  private void renew(PodEntry pod, String node) {
    Map<Key, PodEntry> there = byNode.computeIfAbsent(node, unused -> new LinkedHashMap<>());
    PodEntry before = there.put(pod.key(), pod);
    if (before == null || !before.isLike(pod)) {
      changed.accept(node);
    }
  }

  /** The pod waits for no node; returns the one it waited for. */
  public Optional<String> withdraw(Key pod) {
    String node = nodes.remove(pod);
    if (node == null) {
      return Optional.empty();
    }
    Map<Key, PodEntry> there = byNode.get(node);
    if (there != null && there.remove(pod) != null) {
      if (there.isEmpty()) {
        byNode.remove(node);
      }
      changed.accept(node);
    }
    return Optional.of(node);
  }

  /** The node that a pod waits for. */
  public Optional<String> nodeOf(Key pod) {
    return Optional.ofNullable(nodes.get(pod));
  }

  /** Whether nobody waits for any node. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** The pods that wait for a node. */
  public Collection<PodEntry> on(String node) {
    Map<Key, PodEntry> there = byNode.get(node);
    return there == null ? List.of() : List.copyOf(there.values());
  }
}
