package io.kuber.node.endpoint;

import com.google.common.collect.ImmutableMap;
import io.kuber.node.stats.LinkUse;
import io.kuber.node.stats.LivePod;
import io.kuber.node.stats.Measured;
import io.kuber.node.stats.Summary;
import io.kuber.node.stats.Summary.ContainerSummary;
import io.kuber.node.stats.Summary.PodSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The kubelet's documents for Prometheus: {@code /metrics}, {@code /metrics/resource}, {@code
 * /metrics/cadvisor} and {@code /metrics/probes}, under upstream's names.
 */
final class MetricsText {
  private static final double MILLIS = 1e3;

  private MetricsText() {}

  /** What metrics-server scrapes (pkg/kubelet/metrics/collectors/resource_metrics.go). */
  static String ofResources(Summary summary) {
    Exposition text = new Exposition();
    containers(
        text.family(
            "container_cpu_usage_seconds_total",
            "counter",
            "[STABLE] Cumulative cpu time consumed by the container in core-seconds"),
        summary,
        measured -> Exposition.seconds(measured.usage().cpuNanos()));
    containers(
        text.family(
            "container_memory_working_set_bytes",
            "gauge",
            "[STABLE] Current working set of the container in bytes"),
        summary,
        measured -> measured.usage().workingSetBytes());
    text.family(
        "container_start_time_seconds",
        "gauge",
        "[STABLE] Start time of the container since unix epoch in seconds");
    summary
        .pods()
        .forEach(
            pod ->
                pod.containers()
                    .forEach(
                        each ->
                            text.sample(
                                labels(pod, each), each.startedAt().toEpochMilli() / MILLIS)));
    Instant at = summary.measured().at();
    text.family(
            "node_cpu_usage_seconds_total",
            "counter",
            "[STABLE] Cumulative cpu time consumed by the node in core-seconds")
        .sample(Map.of(), Exposition.seconds(summary.machine().used().cpuNanos()), at);
    text.family(
            "node_memory_working_set_bytes",
            "gauge",
            "[STABLE] Current working set of the node in bytes")
        .sample(Map.of(), (double) summary.machine().used().workingSetBytes(), at);
    text.family(
        "pod_cpu_usage_seconds_total",
        "counter",
        "[STABLE] Cumulative cpu time consumed by the pod in core-seconds");
    for (PodSummary pod : summary.pods()) {
      long nanos = pod.containers().stream().mapToLong(c -> c.measured().usage().cpuNanos()).sum();
      text.sample(labels(pod), Exposition.seconds(nanos), at);
    }
    text.family(
        "pod_memory_working_set_bytes",
        "gauge",
        "[STABLE] Current working set of the pod in bytes");
    summary.pods().forEach(pod -> text.sample(labels(pod), (double) pod.workingSetBytes(), at));
    text.family(
            "resource_scrape_error",
            "gauge",
            "[STABLE] 1 if there was an error while getting container metrics, 0 otherwise")
        .sample(Map.of(), 0);
    return text.toString();
  }

  private static void containers(
      Exposition text, Summary summary, ToDoubleFunction<Measured> value) {
    for (PodSummary pod : summary.pods()) {
      for (ContainerSummary each : pod.containers()) {
        text.sample(labels(pod, each), value.applyAsDouble(each.measured()), each.measured().at());
      }
    }
  }

  private static Map<String, String> labels(PodSummary pod, ContainerSummary container) {
    return ImmutableMap.<String, String>builder()
        .put("container", container.name())
        .putAll(labels(pod))
        .buildOrThrow();
  }

  private static Map<String, String> labels(PodSummary pod) {
    return ImmutableMap.of("namespace", pod.object().namespace(), "pod", pod.object().name());
  }

  /** The figures of containers that dashboards are made of (google/cadvisor, metrics). */
  static String ofContainers(Summary summary) {
    Exposition text = new Exposition();
    text.family("machine_cpu_cores", "gauge", "Number of logical CPU cores.")
        .sample(Map.of(), Runtime.getRuntime().availableProcessors());
    text.family("machine_memory_bytes", "gauge", "Amount of memory installed on the machine.")
        .sample(Map.of(), (double) summary.machine().memoryBytes());
    for (ContainerFamily family : ContainerFamily.ALL) {
      text.family(family.name(), family.type(), family.help());
      for (PodSummary pod : summary.pods()) {
        for (ContainerSummary each : pod.containers()) {
          text.sample(labels(pod, each), family.value().applyAsDouble(each), each.measured().at());
        }
      }
    }
    links(text, summary, "receive", "received", LinkUse::received, LinkUse::receiveErrors);
    links(text, summary, "transmit", "transmitted", LinkUse::sent, LinkUse::sendErrors);
    return text.toString();
  }

  private static void links(
      Exposition text,
      Summary summary,
      String verb,
      String past,
      ToDoubleFunction<LinkUse> bytes,
      ToDoubleFunction<LinkUse> errors) {
    links(
        text.family(
            "container_network_" + verb + "_bytes_total",
            "counter",
            "Cumulative count of bytes " + past),
        summary,
        bytes);
    links(
        text.family(
            "container_network_" + verb + "_errors_total",
            "counter",
            "Cumulative count of errors encountered while "
                + (verb.equals("receive") ? "receiving" : "transmitting")),
        summary,
        errors);
  }

  private static void links(Exposition text, Summary summary, ToDoubleFunction<LinkUse> value) {
    for (PodSummary pod : summary.pods()) {
      pod.links()
          .ifPresent(
              link ->
                  text.sample(
                      ImmutableMap.<String, String>builder()
                          .put("interface", link.name())
                          .putAll(labels(pod))
                          .buildOrThrow(),
                      value.applyAsDouble(link),
                      summary.measured().at()));
    }
  }

  /** The agent itself (pkg/kubelet/metrics/metrics.go). */
  static String ofAgent(NodeView node) {
    List<LivePod> pods = node.pods().get();
    Exposition text = new Exposition();
    text.family("kubelet_node_name", "gauge", "[ALPHA] The node's name. The count is always 1.")
        .sample(Map.of("node", node.name()), 1);
    text.family(
            "kubelet_running_pods",
            "gauge",
            "[ALPHA] Number of pods that have a running pod sandbox")
        .sample(
            Map.of(), (double) pods.stream().filter(pod -> !pod.containers().isEmpty()).count());
    text.family(
            "kubelet_running_containers", "gauge", "[ALPHA] Number of containers currently running")
        .sample(
            Map.of("container_state", "running"),
            pods.stream().mapToInt(pod -> pod.containers().size()).sum());
    startTime(text, node);
    return text.toString();
  }

  private static void startTime(Exposition text, NodeView node) {
    text.family(
            "process_start_time_seconds",
            "gauge",
            "[ALPHA] Start time of the process since unix epoch in seconds.")
        .sample(Map.of(), node.startedAt().toEpochMilli() / MILLIS);
  }

  /** The document of the prober: no probe is counted yet. */
  static String ofProbes(NodeView node) {
    Exposition text = new Exposition();
    startTime(text, node);
    return text.toString();
  }
}
