package io.kuber.testkit.scenario;

import io.kuber.testkit.report.Units;
import java.util.HashMap;
import java.util.Map;

/**
 * How much memory a cluster takes, by what was measured ({@code docs/performance.md}); known before
 * anything starts. Pure.
 *
 * @param nodes at once
 * @param pods at once, at most
 */
public record Weight(long nodes, long pods) {
  /** The process itself, with room for garbage. */
  private static final long BASE = 160L << 20;

  private static final long PER_NODE = 40L << 10;
  private static final long PER_POD = 24L << 10;

  /** What a rollout makes before it takes away (maxSurge is 25 %), in hundredths. */
  private static final int SURGE = 125;

  private static final int HUNDRED = 100;

  /** Of a scenario, when there are most pods. */
  public static Weight of(Scenario scenario) {
    Map<String, Long> pods = new HashMap<>();
    Map<String, Step.Create> made = new HashMap<>();
    long most = 0;
    for (Step step : scenario.steps()) {
      long surge = 0;
      if (step instanceof Step.Create create) {
        long each = create.work() == Work.DAEMON_SET ? scenario.nodes() : create.pods();
        pods.put(create.name(), each * create.count());
        made.put(create.name(), create);
      } else if (step instanceof Step.Scale scale && made.get(scale.of()) != null) {
        pods.put(scale.of(), (long) scale.pods() * made.get(scale.of()).count());
      } else if (step instanceof Step.Delete delete) {
        pods.remove(delete.of());
      } else if (step instanceof Step.Rollout rollout) {
        surge = pods.getOrDefault(rollout.of(), 0L) * (SURGE - HUNDRED) / HUNDRED;
      }
      most = Math.max(most, surge + pods.values().stream().mapToLong(Long::longValue).sum());
    }
    return new Weight(scenario.nodes(), most);
  }

  /** In bytes. */
  public long bytes() {
    return BASE + nodes * PER_NODE + pods * PER_POD;
  }

  /**
   * Throws {@link BadScenarioException} when a heap of that size cannot hold it.
   *
   * @param heap in bytes
   */
  public void check(long heap) {
    if (bytes() > heap) {
      throw new BadScenarioException(
          "%,d nodes%s need about %s of memory; this JVM has %s. Give it more with -Xmx%dg, or KUBER_MAX_HEAP=%dg for ./kuber"
              .formatted(
                  nodes,
                  pods == 0 ? "" : " and %,d pods".formatted(pods),
                  Units.bytes(bytes()),
                  Units.bytes(heap),
                  gigabytes(),
                  gigabytes()));
    }
  }

  private long gigabytes() {
    return (bytes() >> 30) + 1;
  }
}
