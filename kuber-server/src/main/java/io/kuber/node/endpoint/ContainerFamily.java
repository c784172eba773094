package io.kuber.node.endpoint;

import io.kuber.node.stats.Summary.ContainerSummary;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A family of metrics with a series for each container, under cadvisor's name. */
record ContainerFamily(
    String name, String type, String help, ToDoubleFunction<ContainerSummary> value) {
  /** In the order in which they are printed. */
  static final List<ContainerFamily> ALL =
      List.of(
          new ContainerFamily(
              "container_cpu_usage_seconds_total",
              "counter",
              "Cumulative cpu time consumed in seconds.",
              each -> Exposition.seconds(each.measured().usage().cpuNanos())),
          new ContainerFamily(
              "container_fs_inodes_total",
              "gauge",
              "Number of Inodes",
              each -> each.root().inodes()),
          new ContainerFamily(
              "container_fs_limit_bytes",
              "gauge",
              "Number of bytes that can be consumed by the container on this filesystem.",
              each -> each.root().capacity()),
          new ContainerFamily(
              "container_fs_usage_bytes",
              "gauge",
              "Number of bytes that are consumed by the container on this filesystem.",
              each -> each.root().used()),
          new ContainerFamily(
              "container_last_seen",
              "gauge",
              "Last time a container was seen by the exporter",
              each -> each.measured().at().getEpochSecond()),
          new ContainerFamily(
              "container_memory_failures_total",
              "counter",
              "Cumulative count of memory allocation failures.",
              each -> each.measured().usage().pageFaults()),
          new ContainerFamily(
              "container_memory_rss",
              "gauge",
              "Size of RSS in bytes.",
              each -> each.measured().usage().rssBytes()),
          new ContainerFamily(
              "container_memory_usage_bytes",
              "gauge",
              "Current memory usage in bytes, including all memory regardless of when it was"
                  + " accessed",
              each -> each.measured().usage().memoryBytes()),
          new ContainerFamily(
              "container_memory_working_set_bytes",
              "gauge",
              "Current working set in bytes.",
              each -> each.measured().usage().workingSetBytes()),
          new ContainerFamily(
              "container_start_time_seconds",
              "gauge",
              "Start time of the container since unix epoch in seconds.",
              each -> each.startedAt().getEpochSecond()),
          new ContainerFamily(
              "container_threads",
              "gauge",
              "Number of threads running inside the container",
              each -> each.measured().usage().pids()));
}
