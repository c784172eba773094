package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.util.Locale;

/** What a table says of what a container uses. */
final class StatsRow {
  static final Tree HEADINGS =
      Tree.of(
          "BlockIO", "BLOCK I/O",
          "CPUPerc", "CPU %",
          "Container", "CONTAINER",
          "ID", "CONTAINER ID",
          "MemPerc", "MEM %",
          "MemUsage", "MEM USAGE / LIMIT",
          "Name", "NAME",
          "NetIO", "NET I/O",
          "PIDs", "PIDS");

  private StatsRow() {}

  /** The fields of a measurement and the one before it, which the engine tells together. */
  static Tree of(Tree measured, boolean whole) {
    String name = measured.text("name");
    String id = ContainerRow.id(measured.text("id"), whole);
    long limit = measured.number(0, "memory_stats", "limit");
    long used = memory(measured.tree("memory_stats"));
    return Tree.of(
        "BlockIO",
        Sizes.of(disk(measured, "read")) + " / " + Sizes.of(disk(measured, "write")),
        "CPUPerc",
        percent(processors(measured)),
        "Container",
        id,
        "ID",
        id,
        "MemPerc",
        percent(limit == 0 ? 0 : 100.0 * used / limit),
        "MemUsage",
        Sizes.ofMemory(used) + " / " + Sizes.ofMemory(limit),
        "Name",
        name.startsWith("/") ? name.substring(1) : name,
        "NetIO",
        Sizes.of(net(measured, "rx_bytes")) + " / " + Sizes.of(net(measured, "tx_bytes")),
        "PIDs",
        Long.toString(measured.number(0, "pids_stats", "current")));
  }

  /** Without what the kernel may take back at once (docker/cli, calculateMemUsageUnixNoCache). */
  private static long memory(Tree memory) {
    long usage = memory.number(0, "usage");
    long inactive =
        memory.number(memory.number(0, "stats", "inactive_file"), "stats", "total_inactive_file");
    return inactive < usage ? usage - inactive : usage;
  }

  /** Hundredths of one processor, between the two measurements. */
  private static double processors(Tree measured) {
    Tree now = measured.tree("cpu_stats");
    Tree before = measured.tree("precpu_stats");
    double used =
        now.number(0, "cpu_usage", "total_usage") - before.number(0, "cpu_usage", "total_usage");
    double passed = now.number(0, "system_cpu_usage") - before.number(0, "system_cpu_usage");
    long processors = Math.max(1, now.number(1, "online_cpus"));
    return used > 0 && passed > 0 ? used / passed * processors * 100 : 0;
  }

  private static long disk(Tree measured, String kind) {
    return measured.items("blkio_stats", "io_service_bytes_recursive").trees().stream()
        .filter(each -> each.text("op").equalsIgnoreCase(kind))
        .mapToLong(each -> each.number(0, "value"))
        .sum();
  }

  private static long net(Tree measured, String field) {
    Tree networks = measured.tree("networks");
    long sum = 0;
    for (int i = 0; i < networks.size(); i++) {
      sum += networks.tree(networks.nameAt(i)).number(0, field);
    }
    return sum;
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
