package io.kuber.resource.builtin.metrics;

import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Resources;

/** {@code metrics.k8s.io/v1beta1 NodeMetrics}. */
final class NodeMetrics implements KindRules {
  static final Kind KIND =
      MetricsKinds.kind(
          Resources.NODE_METRICS,
          new NodeMetrics(),
          Columns.none()
              .name()
              .text("cpu", (node, now) -> node.tree().text("usage", "cpu"))
              .text("memory", (node, now) -> node.tree().text("usage", "memory"))
              .text("window", (node, now) -> node.tree().text("window")));

  private NodeMetrics() {}
}
