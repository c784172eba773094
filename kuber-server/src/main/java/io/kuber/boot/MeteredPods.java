package io.kuber.boot;

import io.kuber.api.NodeReading;
import io.kuber.api.NodeReading.Amounts;
import io.kuber.api.NodeReading.PodReading;
import io.kuber.controller.podautoscaler.Metrics;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What autoscalers go by: what nodes measured of pods. Of metrics beyond processor time and memory
 * nothing is known. For any thread; everything is at hand.
 */
final class MeteredPods implements Metrics {
  private final Supplier<List<NodeReading>> readings;
  private final Store store;

  MeteredPods(Supplier<List<NodeReading>> readings, Store store) {
    this.readings = readings;
    this.store = store;
  }

  @Override
  public Map<String, PodUsage> pods(String namespace, LabelSelector selector) {
    Map<String, PodUsage> all = new HashMap<>();
    for (NodeReading node : readings.get()) {
      for (PodReading pod : node.pods()) {
        if (pod.namespace().equals(namespace) && isMeant(pod, selector)) {
          all.put(pod.name(), usage(pod));
        }
      }
    }
    if (all.isEmpty()) {
      throw new UnavailableException("no metrics returned from resource metrics API");
    }
    return all;
  }

  private boolean isMeant(PodReading pod, LabelSelector selector) {
    @Nullable Stored stored = store.image().get(Resources.PODS.key(pod.namespace(), pod.name()));
    return stored != null
        && stored.object().uid().equals(pod.uid())
        && selector.matches(stored.object().metadata().tree("labels"));
  }

  private static PodUsage usage(PodReading pod) {
    Map<String, Map<String, Quantity>> containers = new HashMap<>();
    pod.containers().forEach((name, amounts) -> containers.put(name, quantities(amounts)));
    return new PodUsage(pod.at(), pod.window(), containers);
  }

  private static Map<String, Quantity> quantities(Amounts amounts) {
    return Map.of(
        "cpu", Quantity.parse(amounts.cpuNanos() + "n"),
        "memory", Quantity.of(amounts.memoryBytes()));
  }

  @Override
  public Map<String, Quantity> ofPods(
      String namespace, String metric, LabelSelector selector, LabelSelector metricSelector) {
    return NONE.ofPods(namespace, metric, selector, metricSelector);
  }

  @Override
  public Quantity ofObject(
      String namespace, String metric, Tree object, LabelSelector metricSelector) {
    return NONE.ofObject(namespace, metric, object, metricSelector);
  }

  @Override
  public List<Quantity> external(String namespace, String metric, LabelSelector metricSelector) {
    return NONE.external(namespace, metric, metricSelector);
  }
}
