package io.kuber.scheduler;

import io.kuber.object.KubeObject;
import io.kuber.store.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pods that wait for a node: those to be tried, by priority and then in order, and those that
 * were tried in vain and wait for something to change. Bounded by the number of pods there are.
 * Owned by the scheduler's loop.
 */
final class PendingPods {
  private record Turn(long priority, long order) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      int byPriority = Long.compare(other.priority, priority);
      return byPriority == 0 ? Long.compare(order, other.order) : byPriority;
    }
  }

  private final Map<Key, KubeObject> pods = new HashMap<>();
  private final TreeMap<Turn, Key> ready = new TreeMap<>();
  private final Map<Key, Turn> turns = new HashMap<>();
  private long arrivals;

  /** Remembers the pod's newest state; a new pod is ready at once. Returns whether it is new. */
  boolean put(Key key, KubeObject pod) {
    return pods.put(key, pod) == null;
  }

  /** Forgets the pod. */
  void remove(Key key) {
    pods.remove(key);
    Turn turn = turns.remove(key);
    if (turn != null) {
      ready.remove(turn);
    }
  }

  /** The pod is to be tried, unless it is gone. */
  void makeReady(Key key) {
    KubeObject pod = pods.get(key);
    if (pod != null && !turns.containsKey(key)) {
      Turn turn = new Turn(pod.spec().number(0, "priority"), arrivals++);
      turns.put(key, turn);
      ready.put(turn, key);
    }
  }

  /** The next pod to be tried, which is ready no longer. */
  Optional<Key> next() {
    Map.Entry<Turn, Key> first = ready.pollFirstEntry();
    if (first == null) {
      return Optional.empty();
    }
    turns.remove(first.getValue());
    return Optional.of(first.getValue());
  }

  Optional<KubeObject> find(Key key) {
    return Optional.ofNullable(pods.get(key));
  }
}
