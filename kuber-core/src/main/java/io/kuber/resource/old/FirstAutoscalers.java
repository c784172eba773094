package io.kuber.resource.old;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Autoscalers of {@code autoscaling/v1}, which know the processor's load and nothing else; all else
 * stands in annotations (pkg/apis/autoscaling/v1/conversion.go).
 */
final class FirstAutoscalers implements Conversion {
  private static final String WANTED = "targetCPUUtilizationPercentage";
  private static final String CURRENT = "currentCPUUtilizationPercentage";

  @Override
  public KubeObject toStored(KubeObject sent) {
    KubeObject stored = Annotated.BEHAVIOR.intoField(sent, "spec", "behavior");
    stored = Annotated.CONDITIONS.intoField(stored, "status", "conditions");
    stored =
        with(
            stored,
            metrics(stored, Annotated.METRICS, stored.spec().get(WANTED), true),
            "spec",
            "metrics");
    stored =
        with(
            stored,
            metrics(stored, Annotated.CURRENT_METRICS, stored.status().get(CURRENT), false),
            "status",
            "currentMetrics");
    return Annotated.METRICS
        .dropped(Annotated.CURRENT_METRICS.dropped(stored))
        .without("spec", WANTED)
        .without("status", CURRENT);
  }

  private static KubeObject with(KubeObject object, Items metrics, String... path) {
    return metrics.isEmpty() ? object : object.with(metrics, path);
  }

  private static Items metrics(
      KubeObject object, Annotated annotated, @Nullable Object processor, boolean wanted) {
    List<Object> metrics = new ArrayList<>();
    if (processor != null) {
      metrics.add(processor(processor, wanted));
    }
    if (annotated.value(object) instanceof Items others) {
      Metrics.modern(others, wanted).forEach(metrics::add);
    }
    return Items.copyOf(metrics);
  }

  private static Tree processor(Object percentage, boolean wanted) {
    Tree load = Tree.of("averageUtilization", percentage);
    Tree resource =
        wanted
            ? Tree.of("name", "cpu", "target", load.with("type", "Utilization"))
            : Tree.of("name", "cpu", "current", load);
    return Tree.of("type", "Resource", "resource", resource);
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    KubeObject shown = Annotated.BEHAVIOR.outOfField(stored, "spec", "behavior");
    shown = Annotated.CONDITIONS.outOfField(shown, "status", "conditions");
    shown = split(shown, true, "spec", "metrics", WANTED, Annotated.METRICS);
    return split(shown, false, "status", "currentMetrics", CURRENT, Annotated.CURRENT_METRICS);
  }

  private static KubeObject split(
      KubeObject object,
      boolean wanted,
      String part,
      String field,
      String processorField,
      Annotated annotated) {
    List<Object> others = new ArrayList<>();
    KubeObject shown = object.without(part, field);
    for (Tree metric : object.tree().items(part, field).trees()) {
      String numbers = wanted ? "target" : "current";
      Object load = metric.tree("resource", numbers).get("averageUtilization");
      if (metric.text("resource", "name").equals("cpu")
          && load != null
          && shown.tree().at(part, processorField) == null) {
        shown = shown.with(load, part, processorField);
      } else {
        others.add(metric);
      }
    }
    return others.isEmpty()
        ? shown
        : annotated.put(shown, Metrics.old(Items.copyOf(others), wanted));
  }
}
