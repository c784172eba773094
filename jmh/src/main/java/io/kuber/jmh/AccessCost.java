package io.kuber.jmh;

import io.kuber.access.Ruling;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What {@link AccessBenchmark} measures, in processor time of the thread: for busy machines. */
public final class AccessCost {
  private static final int ROUNDS = 4;
  private static final int DEEDS = 500_000;

  private AccessCost() {}

  /** Prints a line for each kind of deed, as the last round has it. */
  public static void main(String[] args) {
    AccessBenchmark cluster = new AccessBenchmark();
    cluster.fill();
    Map<String, Supplier<Ruling>> deeds = new LinkedHashMap<>();
    deeds.put("allows a user", cluster::allowsUser);
    deeds.put("allows a member of a group", cluster::allowsMember);
    deeds.put("refuses a service account", cluster::refusesAccount);
    deeds.put("refuses a member of a group", cluster::refusesMember);
    deeds.put("allows a path", cluster::allowsPath);
    for (int round = 1; round <= ROUNDS; round++) {
      boolean last = round == ROUNDS;
      deeds.forEach(
          (name, deed) -> {
            long nanos = nanos(deed);
            if (last) {
              System.out.printf("%-28s %5d ns%n", name, nanos);
            }
          });
    }
    cluster.close();
  }

  private static long nanos(Supplier<Ruling> deed) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    int allowed = 0;
    for (int i = 0; i < DEEDS; i++) {
      allowed += deed.get().allowed() ? 1 : 0;
    }
    if (allowed != 0 && allowed != DEEDS) {
      throw new IllegalStateException("the same deed was ruled on in two ways");
    }
    return (threads.getCurrentThreadCpuTime() - begin) / DEEDS;
  }
}
