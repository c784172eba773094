package io.kuber.resource.builtin.metrics;

import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Verb;
import io.kuber.resource.Version;
import java.util.List;
import java.util.Set;

/** The kinds of {@code metrics.k8s.io}, in the order of discovery. */
public final class MetricsKinds {
  /** All of them. */
  public static final List<Kind> KINDS = List.of(NodeMetrics.KIND, PodMetrics.KIND);

  private MetricsKinds() {}

  /** A kind that can only be read, shown as metrics-server shows it (pkg/api/table.go). */
  static Kind kind(ResourceType type, KindRules rules, Columns columns) {
    return new Kind(
        List.of(Version.of(type, columns)), List.of(Verb.GET, Verb.LIST), Set.of(), rules);
  }
}
