package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/** What an autoscaler aims at, and where it is (printers.go, formatHPAMetrics). */
final class MetricsColumn {
  private static final String UNKNOWN = "<unknown>";

  /** Metrics that a table shows before it only counts. */
  private static final int SHOWN = 2;

  private MetricsColumn() {}

  static String targets(KubeObject scaler) {
    List<Tree> metrics = scaler.spec().items("metrics").trees();
    List<Tree> current = scaler.status().items("currentMetrics").trees();
    if (metrics.isEmpty()) {
      return "<none>";
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      texts.add(metric(metrics.get(i), i < current.size() ? current.get(i) : Tree.EMPTY));
    }
    return texts.size() <= SHOWN
        ? String.join(", ", texts)
        : String.join(", ", texts.subList(0, SHOWN)) + " + " + (texts.size() - SHOWN) + " more...";
  }

  private static String metric(Tree metric, Tree status) {
    return switch (metric.text("type")) {
      case "External" -> amounts(metric.tree("external"), status.tree("external"));
      case "Object" -> amounts(metric.tree("object"), status.tree("object"));
      case "Pods" -> average(metric.tree("pods"), status.tree("pods"));
      case "Resource" -> resource(metric.tree("resource"), status.tree("resource"));
      case "ContainerResource" ->
          resource(metric.tree("containerResource"), status.tree("containerResource"));
      default -> "<unknown type>";
    };
  }

  private static String amounts(Tree source, Tree status) {
    return source.tree("target").has("averageValue")
        ? average(source, status) + " (avg)"
        : value(status, "value") + "/" + text(source.tree("target"), "value");
  }

  private static String average(Tree source, Tree status) {
    return value(status, "averageValue") + "/" + text(source.tree("target"), "averageValue");
  }

  private static String resource(Tree source, Tree status) {
    String name = source.text("name") + ": ";
    if (source.tree("target").has("averageValue")) {
      return name + average(source, status);
    }
    String target = text(source.tree("target"), "averageUtilization");
    String current = value(status, "averageUtilization");
    return name
        + (current.equals(UNKNOWN) ? current : current + "%")
        + "/"
        + (target.isEmpty() ? "<auto>" : target + "%");
  }

  private static String value(Tree status, String field) {
    String text = text(status.tree("current"), field);
    return text.isEmpty() ? UNKNOWN : text;
  }

  private static String text(Tree tree, String field) {
    Object value = tree.get(field);
    return value == null ? "" : value.toString();
  }
}
