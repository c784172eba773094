package io.kuber.controller.podautoscaler;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The arithmetic from a ratio of usage to replicas (upstream:
 * pkg/controller/podautoscaler/replica_calculator.go).
 *
 * @param current replicas
 * @param up how far above one a ratio may be without effect
 * @param down how far below one
 */
record ReplicaCount(long current, double up, double down) {
  boolean isWithinTolerance(double ratio) {
    return 1 - down <= ratio && ratio <= 1 + up;
  }

  /**
   * Replicas for values of pods.
   *
   * @param ratioOf the ratio of usage of values by pod
   * @param whenLess what a pod without a value is taken to use when the others use too little
   */
  long ofPods(
      PodGroups groups,
      ToDoubleFunction<Map<String, Long>> ratioOf,
      ToLongFunction<String> whenLess) {
    double ratio = ratioOf.applyAsDouble(groups.values());
    boolean upWithUnready = !groups.unready().isEmpty() && ratio > 1;
    if (!upWithUnready && groups.missing().isEmpty()) {
      return isWithinTolerance(ratio) ? current : ceil(ratio * groups.ready());
    }
    Map<String, Long> values = new HashMap<>(groups.values());
    for (String pod : groups.missing()) {
      if (ratio < 1) {
        values.put(pod, whenLess.applyAsLong(pod));
      } else if (ratio > 1) {
        values.put(pod, 0L);
      }
    }
    if (upWithUnready) {
      groups.unready().forEach(pod -> values.put(pod, 0L));
    }
    double assumed = ratioOf.applyAsDouble(values);
    boolean turns = ratio < 1 && assumed > 1 || ratio > 1 && assumed < 1;
    if (isWithinTolerance(assumed) || turns) {
      return current;
    }
    long replicas = ceil(assumed * values.size());
    boolean contradicts = assumed < 1 && replicas > current || assumed > 1 && replicas < current;
    return contradicts ? current : replicas;
  }

  /** Replicas for one ratio of all ready pods together; nothing can be ready of none. */
  long ofRatio(double ratio, long ready) {
    if (current == 0) {
      return ceil(ratio);
    }
    return isWithinTolerance(ratio) ? current : ceil(ratio * ready);
  }

  /** Replicas for a total that each of them is to have its share of. */
  long ofShares(long total, long share, long present) {
    return isWithinTolerance((double) total / ((double) share * present))
        ? present
        : ceil((double) total / share);
  }

  static long ceil(double value) {
    return (long) Math.ceil(value);
  }
}
