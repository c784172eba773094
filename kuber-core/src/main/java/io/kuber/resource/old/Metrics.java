package io.kuber.resource.old;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of an autoscaler as {@code autoscaling/v2beta1} wrote them, without targets of their
 * own (pkg/apis/autoscaling/v2beta1/conversion.go), and as {@code v2} does.
 */
final class Metrics {
  /** The kinds of metrics, and where each keeps its part. */
  private static final Map<String, String> PARTS =
      Map.of(
          "Resource", "resource",
          "ContainerResource", "containerResource",
          "Pods", "pods",
          "Object", "object",
          "External", "external");

  private Metrics() {}

  static Items modern(Items metrics, boolean wanted) {
    return each(metrics, metric -> part(metric, old -> modern(metric, old, wanted)));
  }

  static Items old(Items metrics, boolean wanted) {
    return each(metrics, metric -> part(metric, part -> old(metric, part, wanted)));
  }

  private static Items each(Items metrics, UnaryOperator<Tree> change) {
    Items changed = metrics;
    for (int i = 0; i < metrics.size(); i++) {
      changed = changed.with(i, change.apply(metrics.tree(i)));
    }
    return changed;
  }

  private static Tree part(Tree metric, UnaryOperator<Tree> change) {
    String name = PARTS.getOrDefault(metric.text("type"), "");
    return metric.get(name) instanceof Tree part ? metric.with(name, change.apply(part)) : metric;
  }

  private static Tree modern(Tree metric, Tree old, boolean wanted) {
    String prefix = wanted ? "target" : "current";
    Tree.Builder numbers = Tree.builder();
    Object utilization = old.get(prefix + "AverageUtilization");
    Object average = old.get(prefix + "AverageValue");
    average = average == null ? old.get("averageValue") : average;
    Object value = old.get(prefix + "Value");
    boolean isObject = metric.text("type").equals("Object");
    if (wanted) {
      numbers.put(
          "type", utilization != null ? "Utilization" : average != null ? "AverageValue" : "Value");
    }
    numbers.putIfPresent("averageUtilization", utilization);
    numbers.putIfPresent("averageValue", average);
    numbers.putIfPresent("value", average != null && isZero(value) ? null : value);
    Tree.Builder part = Tree.builder();
    for (String kept : List.of("name", "container")) {
      part.putIfPresent(kept, old.get(kept));
    }
    if (isObject) {
      part.putIfPresent("describedObject", old.get("target"));
    }
    if (old.has("metricName")) {
      Tree.Builder identified = Tree.builder().put("name", old.text("metricName"));
      Object selector = old.has("selector") ? old.get("selector") : old.get("metricSelector");
      part.put("metric", identified.putIfPresent("selector", selector).build());
    }
    return part.put(wanted ? "target" : "current", numbers.build()).build();
  }

  /** An object's average still needed a value beside it, and got this one. */
  private static boolean isZero(@Nullable Object value) {
    return value != null && value.toString().equals("0");
  }

  private static Tree old(Tree metric, Tree part, boolean wanted) {
    String type = metric.text("type");
    String prefix = wanted ? "target" : "current";
    Tree numbers = part.tree(wanted ? "target" : "current");
    boolean isObject = type.equals("Object");
    Tree.Builder old = Tree.builder();
    if (isObject) {
      old.putIfPresent("target", part.get("describedObject"));
    }
    for (String kept : List.of("name", "container")) {
      old.putIfPresent(kept, part.get(kept));
    }
    if (part.has("metric")) {
      old.put("metricName", part.text("metric", "name"));
      old.putIfPresent(
          type.equals("External") ? "metricSelector" : "selector",
          part.tree("metric").get("selector"));
    }
    old.putIfPresent(prefix + "AverageUtilization", numbers.get("averageUtilization"));
    old.putIfPresent(
        isObject ? "averageValue" : prefix + "AverageValue", numbers.get("averageValue"));
    Object value = numbers.get("value");
    old.putIfPresent(prefix + "Value", value == null && isObject ? "0" : value);
    return old.build();
  }
}
