package io.kuber.node.eviction;

import io.kuber.loop.Loop;
import io.kuber.node.stats.Summary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what was measured every few seconds and lets pods go as {@link EvictionPlanner} says.
 * Its loop owns all fields but the pressures, which any thread may ask for.
 */
public final class Evictions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Evictions.class);

  /** As the kubelet (evictionMonitoringPeriod). */
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** How long the next pod is spared while the last one has not gone yet. */
  private static final Duration CLEANUP = Duration.ofSeconds(30);

  private final Supplier<Optional<Summary>> measured;
  private final Acts acts;
  private final Loop loop;
  private final InstantSource clock;
  private Map<Pressure, Instant> seen = new EnumMap<>(Pressure.class);
  private Instant looked = Instant.EPOCH;
  private String leaving = "";
  private Instant leavingSince = Instant.EPOCH;
  private volatile Set<Pressure> under = Set.of();
  private volatile boolean closed;

  /**
   * What is done with a decision; neither may wait.
   *
   * @param evict lets a pod go
   * @param tell hears of the pressures when they change
   */
  public record Acts(Consumer<Victim> evict, Consumer<Set<Pressure>> tell) {}

  private Evictions(
      Supplier<Optional<Summary>> measured, Acts acts, Loop loop, InstantSource clock) {
    this.measured = measured;
    this.acts = acts;
    this.loop = loop;
    this.clock = clock;
  }

  /** Begins to look; what was measured is asked for on {@code loop}. */
  public static Evictions start(
      Supplier<Optional<Summary>> measured, Acts acts, Loop loop, InstantSource clock) {
    Evictions evictions = new Evictions(measured, acts, loop, clock);
    loop.execute(evictions::look);
    return evictions;
  }

  /** The pressures that there are, or were not long ago. */
  public Set<Pressure> under() {
    return under;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void look() {
    if (closed) {
      return;
    }
    measured.get().filter(summary -> summary.measured().at().isAfter(looked)).ifPresent(this::look);
    loop.schedule(PERIOD, this::look);
  }

  private void look(Summary summary) {
    looked = summary.measured().at();
    EvictionPlan plan = EvictionPlanner.plan(summary, Threshold.DEFAULTS, seen, clock.instant());
    seen = plan.seen();
    if (!plan.under().equals(under)) {
      LOG.warn("the node is under pressure: {}", plan.under());
      under = plan.under();
      acts.tell().accept(under);
    }
    if (!isLeaving(summary)) {
      List<Victim> victims = plan.victims();
      plan.starved().ifPresent(what -> LOG.warn("attempting to reclaim {}", what));
      victims.forEach(this::evict);
    }
  }

  /** Whether the last victim still takes what it has to leave. */
  private boolean isLeaving(Summary summary) {
    boolean isThere =
        summary.pods().stream()
            .anyMatch(pod -> pod.object().uid().equals(leaving) && !pod.containers().isEmpty());
    return isThere && leavingSince.plus(CLEANUP).isAfter(clock.instant());
  }

  private void evict(Victim victim) {
    LOG.warn(
        "evicting pod {}/{}: {}", victim.pod().namespace(), victim.pod().name(), victim.message());
    leaving = victim.pod().uid();
    leavingSince = clock.instant();
    acts.evict().accept(victim);
  }
}
