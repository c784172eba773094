package io.kuber.controller.podautoscaler;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics that a test sets. */
final class FixedMetrics implements Metrics {
  private final Map<String, PodUsage> usages = new LinkedHashMap<>();
  private final Map<String, Quantity> ofPods = new LinkedHashMap<>();
  private Quantity other = Quantity.ZERO;

  /** A pod of one container {@code c} uses so much CPU, measured at that time. */
  FixedMetrics cpu(String pod, long milli, Instant at) {
    Map<String, Quantity> used = Map.of("cpu", Quantity.ofMilli(milli));
    usages.put(pod, new PodUsage(at, Duration.ofSeconds(30), Map.of("c", used)));
    return this;
  }

  /** The value of the custom metric of a pod. */
  FixedMetrics pod(String pod, long value) {
    ofPods.put(pod, Quantity.of(value));
    return this;
  }

  /** The value of every metric of objects, and of external ones. */
  FixedMetrics other(long value) {
    other = Quantity.of(value);
    return this;
  }

  void clear() {
    usages.clear();
  }

  @Override
  public Map<String, PodUsage> pods(String namespace, LabelSelector selector) {
    return usages;
  }

  @Override
  public Map<String, Quantity> ofPods(
      String namespace, String metric, LabelSelector selector, LabelSelector metricSelector) {
    return ofPods;
  }

  @Override
  public Quantity ofObject(
      String namespace, String metric, Tree object, LabelSelector metricSelector) {
    return other;
  }

  @Override
  public List<Quantity> external(String namespace, String metric, LabelSelector metricSelector) {
    return List.of(other);
  }
}
