package io.kuber.jmh;

import io.kuber.boot.Kuber;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.concurrent.TimeUnit;

/**
 * How long a program waits for an embedded cluster: from the call to the first object that was
 * written and read back, and how long closing takes. The first start of a JVM loads all classes.
 */
public final class EmbeddedStart {
  private static final int STARTS = 20;

  private EmbeddedStart() {}

  /** Prints a line for each start. */
  public static void main(String[] args) throws Exception {
    KubeObject map =
        Resources.CONFIG_MAPS.object("default", "it").with(Tree.of("key", "value"), "data");
    for (int i = 1; i <= STARTS; i++) {
      long begin = System.nanoTime();
      Kuber kuber = Kuber.start();
      long started = System.nanoTime();
      kuber.client().create(Resources.CONFIG_MAPS, map).toCompletableFuture().join();
      kuber.client().get(Resources.CONFIG_MAPS, "default", "it").toCompletableFuture().join();
      long used = System.nanoTime();
      kuber.close();
      System.out.printf(
          "start %2d: %4d ms to start, %3d ms to write and read, %3d ms to close%n",
          i, millis(begin, started), millis(started, used), millis(used, System.nanoTime()));
    }
  }

  private static long millis(long from, long to) {
    return TimeUnit.NANOSECONDS.toMillis(to - from);
  }
}
