package io.kuber.server.metric;

import java.util.List;

/**
 * What an audit counts, under the names of k8s.io/apiserver (pkg/audit/metrics.go). For any thread.
 */
public final class AuditMetrics {
  private final Counters events =
      Counters.counter(
          "apiserver_audit_event_total", "Audit events that policies wanted.", List.of());
  private final Counters levels =
      Counters.counter(
          "apiserver_audit_level_total", "Requests by how much is told of them.", List.of("level"));
  private final Counters errors =
      Counters.counter(
          "apiserver_audit_error_total",
          "Audit events that were lost, by what lost them.",
          List.of("plugin"));

  /** Starts at zero. */
  public AuditMetrics() {
    events.add(0, List.of());
  }

  /** A request came of which so much is told. */
  public void planned(String level) {
    levels.add(1, List.of(level));
  }

  /** An event was told. */
  public void told() {
    events.add(1, List.of());
  }

  /** So many events were lost. */
  public void lost(String plugin, long number) {
    errors.add(number, List.of(plugin));
  }

  /** Makes a series of what may lose events, so that its zero is seen. */
  public void watch(String plugin) {
    errors.add(0, List.of(plugin));
  }

  List<Family> families() {
    return List.of(events, levels, errors);
  }
}
