package io.kuber.controller.podautoscaler;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import java.util.List;
import java.util.Map;

/** A cluster in which nobody serves metrics, in the words of a client that asks all the same. */
final class NoMetrics implements Metrics {
  @Override
  public Map<String, PodUsage> pods(String namespace, LabelSelector selector) {
    throw new UnavailableException(
        "unable to fetch metrics from resource metrics API: the server could not find the requested"
            + " resource (get pods.metrics.k8s.io)");
  }

  @Override
  public Map<String, Quantity> ofPods(
      String namespace, String metric, LabelSelector selector, LabelSelector metricSelector) {
    throw custom();
  }

  @Override
  public Quantity ofObject(
      String namespace, String metric, Tree object, LabelSelector metricSelector) {
    throw custom();
  }

  private static UnavailableException custom() {
    return new UnavailableException(
        "unable to fetch metrics from custom metrics API: the server could not find the requested"
            + " resource");
  }

  @Override
  public List<Quantity> external(String namespace, String metric, LabelSelector metricSelector) {
    throw new UnavailableException(
        "unable to fetch metrics from external metrics API: the server could not find the requested"
            + " resource");
  }
}
