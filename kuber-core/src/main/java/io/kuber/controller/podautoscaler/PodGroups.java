package io.kuber.controller.podautoscaler;

import io.kuber.object.KubeObject;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Pods by what can be said of their metric (upstream: groupPods in
 * pkg/controller/podautoscaler/replica_calculator.go).
 *
 * @param values of the pods that count, by name
 * @param ready how many of them there are
 * @param unready running up: their values say nothing
 * @param missing without a value
 */
record PodGroups(Map<String, Long> values, int ready, List<String> unready, List<String> missing) {
  /** In which a pod may use more CPU than it will later. */
  private static final Duration CPU_INITIALIZATION = Duration.ofMinutes(5);

  /** In which a pod's first readiness is expected. */
  private static final Duration INITIAL_READINESS = Duration.ofSeconds(30);

  static PodGroups of(
      List<KubeObject> pods, Map<String, Long> values, Predicate<KubeObject> isUnready) {
    Map<String, Long> counted = new HashMap<>();
    List<String> unready = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (KubeObject pod : pods) {
      String phase = Pods.phase(pod);
      if (pod.isBeingDeleted() || phase.equals("Failed")) {
        continue;
      }
      Long value = values.get(pod.name());
      if (phase.equals("Pending") || value != null && isUnready.test(pod)) {
        unready.add(pod.name());
      } else if (value == null) {
        missing.add(pod.name());
      } else {
        counted.put(pod.name(), value);
      }
    }
    return new PodGroups(counted, counted.size(), unready, missing);
  }

  /** Whether a pod's CPU is not to be trusted yet; {@code usage} is what was measured of it. */
  static boolean isWarmingUp(KubeObject pod, Metrics.PodUsage usage, Instant now) {
    Condition ready = Condition.find(pod.status(), "Ready").orElse(null);
    String started = pod.status().text("startTime");
    if (ready == null || started.isEmpty()) {
      return true;
    }
    Instant start = Timestamps.parse(started);
    boolean notReady = ready.status().equals("False");
    if (start.plus(CPU_INITIALIZATION).isAfter(now)) {
      return notReady || usage.timestamp().isBefore(ready.transitionedAt().plus(usage.window()));
    }
    return notReady && start.plus(INITIAL_READINESS).isAfter(ready.transitionedAt());
  }
}
