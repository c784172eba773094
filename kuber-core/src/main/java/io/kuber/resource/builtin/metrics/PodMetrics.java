package io.kuber.resource.builtin.metrics;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Resources;

/** {@code metrics.k8s.io/v1beta1 PodMetrics}. */
final class PodMetrics implements KindRules {
  static final Kind KIND =
      MetricsKinds.kind(
          Resources.POD_METRICS,
          new PodMetrics(),
          Columns.none()
              .name()
              .text("cpu", (pod, now) -> sum(pod, "cpu"))
              .text("memory", (pod, now) -> sum(pod, "memory"))
              .text("window", (pod, now) -> pod.tree().text("window")));

  private PodMetrics() {}

  private static String sum(KubeObject pod, String resource) {
    Quantity sum = null;
    for (Tree container : pod.tree().items("containers").trees()) {
      Quantity used = Quantity.of(container.tree("usage").get(resource));
      sum = sum == null ? used : sum.plus(used);
    }
    return sum == null ? "0" : sum.toString();
  }
}
