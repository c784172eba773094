package io.kuber.server.metric;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What Prometheus' own collectors say about a process, as far as the JVM tells it; under names of
 * its own what only a JVM has.
 */
final class ProcessMetrics {
  private ProcessMetrics() {}

  static List<Family> families() {
    return List.of(
        new Reading(
            "process_cpu_seconds_total",
            "counter",
            "Processor time spent, in seconds.",
            () -> os().getProcessCpuTime() / 1e9),
        new Reading(
            "process_open_fds",
            "gauge",
            "Open file descriptors.",
            () -> (double) os().getOpenFileDescriptorCount()),
        new Reading(
            "process_max_fds",
            "gauge",
            "File descriptors that may be open.",
            () -> (double) os().getMaxFileDescriptorCount()),
        new Reading(
            "process_virtual_memory_bytes",
            "gauge",
            "Virtual memory, in bytes.",
            () -> (double) os().getCommittedVirtualMemorySize()),
        new Reading(
            "process_start_time_seconds",
            "gauge",
            "When the process started, in seconds since 1970.",
            () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3),
        new Reading(
            "jvm_heap_used_bytes",
            "gauge",
            "Bytes of the heap that are in use.",
            () -> (double) ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()),
        new Reading(
            "jvm_threads",
            "gauge",
            "Live threads.",
            () -> ManagementFactory.getThreadMXBean().getThreadCount()));
  }

  static UnixOperatingSystemMXBean os() {
    OperatingSystemMXBean bean = ManagementFactory.getOperatingSystemMXBean();
    if (bean instanceof UnixOperatingSystemMXBean unix) {
      return unix;
    }
    throw new IllegalStateException("kuber runs on Linux, not on " + bean.getName());
  }

  /** A value that is read when somebody asks. */
  private record Reading(String name, String type, String help, DoubleSupplier value)
      implements Family {
    @Override
    public void print(Exposition to) {
      to.family(name, type, help);
      to.sample(name, List.of(), List.of(), value.getAsDouble());
    }
  }
}
