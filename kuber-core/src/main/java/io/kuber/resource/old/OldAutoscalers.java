package io.kuber.resource.old;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.Conversion;

/**
 * Autoscalers of {@code v2beta1}; their behavior, which that version cannot say, stands in an
 * annotation (pkg/apis/autoscaling/v2beta1/conversion.go).
 */
final class OldAutoscalers implements Conversion {
  @Override
  public KubeObject toStored(KubeObject sent) {
    KubeObject stored = Annotated.BEHAVIOR.intoField(sent, "spec", "behavior");
    Items metrics = stored.spec().items("metrics");
    if (!metrics.isEmpty()) {
      stored = stored.with(Metrics.modern(metrics, true), "spec", "metrics");
    }
    Items current = stored.status().items("currentMetrics");
    return current.isEmpty()
        ? stored
        : stored.with(Metrics.modern(current, false), "status", "currentMetrics");
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    KubeObject shown = Annotated.BEHAVIOR.outOfField(stored, "spec", "behavior");
    Items metrics = shown.spec().items("metrics");
    if (!metrics.isEmpty()) {
      shown = shown.with(Metrics.old(metrics, true), "spec", "metrics");
    }
    Items current = shown.status().items("currentMetrics");
    return current.isEmpty()
        ? shown
        : shown.with(Metrics.old(current, false), "status", "currentMetrics");
  }
}
