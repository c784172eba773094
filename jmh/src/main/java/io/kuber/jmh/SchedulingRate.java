package io.kuber.jmh;

import io.kuber.resource.Resources;
import java.util.Locale;

/**
 * How many pods a second get a node, from the first create to the last binding, through the API,
 * with a store in memory and 5,000 nodes; and how much processor time a pod takes of the thread
 * that decides, of the one that writes, and of all, which says more on a busy machine. Prints a row
 * for each kind of pod; arguments choose rows by a part of their names.
 */
public final class SchedulingRate {
  private static final int ZONES = 3;

  private static final String NODE =
      """
      metadata:
        name: node-%%d
        labels: {kubernetes.io/hostname: node-%%d, topology.kubernetes.io/zone: zone-%d}
      status:
        capacity: {cpu: '4', memory: 32Gi, pods: '110'}
        allocatable: {cpu: '4', memory: 32Gi, pods: '110'}
        conditions: [{type: Ready, status: 'True'}]
      """;

  private SchedulingRate() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    for (SchedulingRow row : SchedulingRow.warmUp()) {
      rate(row);
    }
    System.out.println(
        "| pods | before | measured | pods/s | deciding, us | writing, us | whole process, us |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (SchedulingRow row : SchedulingRow.all()) {
      if (args.length == 0 || isChosen(row.name(), args)) {
        System.out.printf(
            Locale.ROOT,
            "| %s | %,d | %,d | %s |%n",
            row.name(),
            row.before().count(),
            row.measured().count(),
            rate(row));
      }
    }
  }

  private static boolean isChosen(String name, String[] parts) {
    for (String part : parts) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static String rate(SchedulingRow row) throws InterruptedException {
    try (SchedulingBench bench = new SchedulingBench()) {
      bench.create(Resources.NAMESPACES, "metadata: {name: default}", 0);
      for (int i = 0; i < row.nodes(); i++) {
        bench.create(Resources.NODES, NODE.formatted(i % ZONES), i);
      }
      for (SchedulingRow.Objects objects : row.setup()) {
        for (int i = 0; i < objects.count(); i++) {
          bench.create(objects.type(), objects.yaml(), i);
        }
      }
      if (!run(bench, row.before())) {
        return "only %,d of the first pods got a node".formatted(bench.bound());
      }
      System.gc();
      ProcessorTime before = ProcessorTime.now();
      if (!run(bench, row.measured())) {
        return "only %,d pods got a node".formatted(bench.bound() - row.before().count());
      }
      ProcessorTime used = ProcessorTime.now().minus(before);
      double pods = row.measured().count();
      return String.format(
          Locale.ROOT,
          "%,.0f | %.0f | %.0f | %.0f",
          pods * 1e9 / used.wall(),
          used.deciding() / pods / 1000,
          used.writing() / pods / 1000,
          used.process() / pods / 1000);
    }
  }

  private static boolean run(SchedulingBench bench, SchedulingRow.Pods pods)
      throws InterruptedException {
    int target = bench.bound() + pods.count();
    for (int i = 0; i < pods.count(); i++) {
      bench.create(Resources.PODS, pods.yaml().apply(i), i);
    }
    return bench.awaitBound(target);
  }
}
