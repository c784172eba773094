package io.kuber.jmh;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Pod costs as our tree and as Jackson's: heap that it keeps, and processor time of the
 * thread, which is worth more than wall time on a machine that has other work.
 */
public final class ObjectTreeCost {
  private static final int PODS = 20_000;
  private static final int COLLECTIONS = 4;
  private static final int WARM_UP = 40_000;
  private static final int ROUNDS = 7;
  private static final int OPERATIONS = 10_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static volatile @Nullable Object last;

  private ObjectTreeCost() {}

  /** Prints all figures. */
  public static void main(String[] args) {
    byte[] json = SamplePod.json();
    JsonMapper mapper = new JsonMapper();
    Tree tree = Json.parse(json);
    JsonNode node = mapper.readTree(json);
    System.out.printf("a Pod of %d bytes of JSON%n", json.length);
    row("bytes kept", bytes(() -> Json.parse(json)), bytes(() -> mapper.readTree(json)));
    row("parse, ns", nanos(() -> Json.parse(json)), nanos(() -> mapper.readTree(json)));
    row("print, ns", nanos(() -> Json.print(tree)), nanos(() -> mapper.writeValueAsBytes(node)));
    row("change, ns", nanos(() -> tree.withAt("Failed", "status", "phase")), nanos(node::deepCopy));
  }

  private static void row(String what, long ours, long theirs) {
    System.out.printf("%-12s kuber %7d   Jackson %7d%n", what, ours, theirs);
  }

  private static long bytes(Supplier<Object> parse) {
    Object[] pods = new Object[PODS];
    last = parse.get();
    long before = used();
    for (int i = 0; i < PODS; i++) {
      pods[i] = parse.get();
    }
    long after = used();
    last = pods;
    return (after - before) / PODS;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Processor time of one operation, in the best of several rounds. */
  private static long nanos(Supplier<Object> operation) {
    run(operation, WARM_UP);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadCpuTime();
      run(operation, OPERATIONS);
      best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - before) / OPERATIONS);
    }
    return best;
  }

  private static void run(Supplier<Object> operation, int times) {
    for (int i = 0; i < times; i++) {
      last = operation.get();
    }
    if (last == null) {
      throw new IllegalStateException("the operation gave nothing");
    }
  }
}
