package io.kuber.controller.podautoscaler;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where the numbers come from that autoscalers go by: the shapes are those of metrics.k8s.io,
 * custom.metrics.k8s.io and external.metrics.k8s.io.
 *
 * <p>Called on the reconciler's loop, so that every answer has to be at hand: a source that asks
 * over a network answers with what it heard last. {@link UnavailableException} says why there is no
 * answer, in the words that the autoscaler's condition is to show.
 */
public interface Metrics {
  /** No source at all, as in a cluster without a metrics server. */
  Metrics NONE = new NoMetrics();

  /** What pods use of CPU and memory; by the name of the pod. */
  Map<String, PodUsage> pods(String namespace, LabelSelector selector);

  /** The value of a metric for each pod; by the name of the pod. */
  Map<String, Quantity> ofPods(
      String namespace, String metric, LabelSelector selector, LabelSelector metricSelector);

  /** The value of a metric of one object, a CrossVersionObjectReference. */
  Quantity ofObject(String namespace, String metric, Tree object, LabelSelector metricSelector);

  /** The values of a metric that belongs to no object of the cluster. */
  List<Quantity> external(String namespace, String metric, LabelSelector metricSelector);

  /**
   * What a pod used (metrics.k8s.io PodMetrics).
   *
   * @param timestamp the end of the time that was measured
   * @param window its length
   * @param containers resource by resource, by the name of the container
   */
  record PodUsage(
      Instant timestamp, Duration window, Map<String, Map<String, Quantity>> containers) {
    /** Copies the map. */
    public PodUsage {
      containers = Map.copyOf(containers);
    }
  }

  /** The source has no answer. */
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** For this reason. */
    public UnavailableException(String message) {
      super(message);
    }
  }
}
