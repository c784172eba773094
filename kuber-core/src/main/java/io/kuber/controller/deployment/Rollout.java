package io.kuber.controller.deployment;

import io.kuber.object.KubeObject;
import java.util.Comparator;
import java.util.List;

/** The arithmetic of a rolling update (upstream: pkg/controller/deployment/rolling.go). */
final class Rollout {
  /** Oldest first, by name where two are of one second. */
  static final Comparator<KubeObject> BY_AGE =
      Comparator.comparing(KubeObject::createdAt).thenComparing(KubeObject::name);

  private final Strategy strategy;
  private final Resizing sizes;

  Rollout(Strategy strategy, Resizing sizes) {
    this.strategy = strategy;
    this.sizes = sizes;
  }

  /** How large the new ReplicaSet may be beside the old ones. */
  static long newSize(Strategy strategy, long newReplicas, long allReplicas) {
    if (!strategy.rolling()) {
      return strategy.replicas();
    }
    long room = strategy.maxPods() - allReplicas;
    return room <= 0
        ? newReplicas
        : newReplicas + Math.min(room, strategy.replicas() - newReplicas);
  }

  /** Brings the new ReplicaSet as far up (or down) as it may go now. */
  void resizeNew(KubeObject fresh, List<KubeObject> all) {
    long size = sizes.sizeOf(fresh);
    if (size > strategy.replicas()) {
      sizes.resize(fresh, strategy.replicas());
    } else if (size < strategy.replicas()) {
      long wanted = newSize(strategy, size, sizes.sizeOf(all));
      if (wanted != size) {
        sizes.resize(fresh, wanted);
      }
    }
  }

  /** Takes from the old ReplicaSets what can be spared now, pods that do not run well first. */
  void shrinkOld(KubeObject fresh, List<KubeObject> old) {
    List<KubeObject> active = old.stream().filter(sizes::isActive).sorted(BY_AGE).toList();
    long freshUnavailable = sizes.sizeOf(fresh) - available(fresh);
    long total = sizes.sizeOf(active) + sizes.sizeOf(fresh);
    long spare = total - strategy.minAvailable() - freshUnavailable;
    boolean known = isKnown(fresh) && active.stream().allMatch(Rollout::isKnown);
    if (active.isEmpty() || spare <= 0 || !known) {
      return;
    }
    shrinkUnhealthy(active, spare);
    long healthy = available(fresh);
    for (KubeObject set : active) {
      healthy += available(set);
    }
    shrinkHealthy(active, healthy - strategy.minAvailable());
  }

  private void shrinkUnhealthy(List<KubeObject> active, long spare) {
    long left = spare;
    for (KubeObject set : active) {
      long unhealthy = Math.min(left, sizes.sizeOf(set) - available(set));
      if (unhealthy > 0) {
        sizes.resize(set, sizes.sizeOf(set) - unhealthy);
        left -= unhealthy;
      }
    }
  }

  private void shrinkHealthy(List<KubeObject> active, long spare) {
    long left = spare;
    for (KubeObject set : active) {
      long less = Math.min(left, sizes.sizeOf(set));
      if (less > 0) {
        sizes.resize(set, sizes.sizeOf(set) - less);
        left -= less;
      }
    }
  }

  /** What a ReplicaSet is about to give up does not count any more. */
  private long available(KubeObject set) {
    return Math.min(availableNow(set), sizes.sizeOf(set));
  }

  static long availableNow(KubeObject set) {
    return set.status().number(0, "availableReplicas");
  }

  /**
   * Whether what a ReplicaSet says was counted after it last changed its size: before, it may have
   * lost pods, or be about to, that it still says are available. Upstream counts them.
   */
  private static boolean isKnown(KubeObject set) {
    return set.generation() <= set.status().number(0, "observedGeneration");
  }
}
