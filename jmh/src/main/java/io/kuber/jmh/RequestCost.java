package io.kuber.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * What requests cost the thread that serves them: processor time, which is worth more than wall
 * time on a machine that has other work, and garbage. The same requests as in {@link
 * WriteBenchmark}, {@link ListBenchmark} and {@link FanOutBenchmark}.
 */
public final class RequestCost {
  private static final int WARM_UP_SECONDS = 4;
  private static final int ROUNDS = 5;
  private static final double MICRO = 1e3;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static volatile long last;

  private RequestCost() {}

  /** Prints all figures. */
  public static void main(String[] args) {
    System.out.println("| request | processor, us | garbage, bytes |");
    System.out.println("|---|---|---|");
    WriteBenchmark writes = new WriteBenchmark();
    writes.fill();
    row("create a Pod", 1000, writes::create);
    row("Jackson alone: parse and print it", 1000, () -> writes.parseAndPrintJackson().length);
    row("JSON patch", 1000, writes::patchJson);
    row("merge patch", 1000, writes::patchMerge);
    row("strategic merge patch", 1000, writes::patchStrategic);
    row("server-side apply, no change", 1000, writes::apply);
    row("create a custom resource with 5 CEL rules", 1000, writes::createCustom);
    ListBenchmark lists = new ListBenchmark();
    lists.fill();
    ListBenchmark.Sent sent = new ListBenchmark.Sent();
    row("list 10,000 Pods, JSON", 1, () -> bytes(sent, () -> lists.json(sent)));
    row("list 10,000 Pods, Table", 1, () -> bytes(sent, () -> lists.table(sent)));
    row("list 10,000 Pods, protobuf", 1, () -> bytes(sent, () -> lists.protobuf(sent)));
    row("list 10,000 Pods, metadata", 1, () -> bytes(sent, () -> lists.metadata(sent)));
    row("list none of 10,000 Pods by label", 1, () -> bytes(sent, () -> lists.byLabel(sent)));
    for (String accept : new String[] {"application/json", "application/vnd.kubernetes.protobuf"}) {
      FanOutBenchmark events = new FanOutBenchmark();
      events.watchers = 1000;
      events.accept = accept;
      events.open();
      row("an event to 1,000 watchers, " + accept, 100, events::change);
    }
  }

  private static long bytes(ListBenchmark.Sent sent, Runnable list) {
    sent.clean();
    list.run();
    return sent.bytes;
  }

  /** The best of several rounds of {@code times} operations, behind a warm-up. */
  private static void row(String what, int times, LongSupplier operation) {
    long warm = THREADS.getCurrentThreadCpuTime() + WARM_UP_SECONDS * 1_000_000_000L;
    while (THREADS.getCurrentThreadCpuTime() < warm) {
      last = operation.getAsLong();
    }
    long best = Long.MAX_VALUE;
    long garbage = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long before = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < times; i++) {
        last = operation.getAsLong();
      }
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - before);
      garbage = Math.min(garbage, THREADS.getCurrentThreadAllocatedBytes() - allocated);
    }
    System.out.printf("| %s | %,.1f | %,d |%n", what, best / MICRO / times, garbage / times);
    if (last == 0) {
      throw new IllegalStateException(what + " gave nothing");
    }
  }
}
