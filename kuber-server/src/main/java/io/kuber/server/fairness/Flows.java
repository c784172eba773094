package io.kuber.server.fairness;

import io.kuber.fairness.Asked;
import io.kuber.fairness.Borrowing;
import io.kuber.fairness.FlowConfig;
import io.kuber.fairness.FlowSchema;
import io.kuber.fairness.Level;
import io.kuber.fairness.SeatLimits;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Resources;
import io.kuber.server.fairness.Visit.Road;
import io.kuber.server.metric.FlowMetrics;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Store;
import io.kuber.store.TreeImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Priority and fairness of one server: follows the flow schemas and priority levels of a store, and
 * lends seats from levels that do not need them to those that do.
 *
 * <p>Any thread may ask; configuration and seats change on one loop, which owns the gates' names.
 */
public final class Flows implements AutoCloseable, Store.Listener {
  /** How often seats are lent anew while anybody has to wait; as upstream. */
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private static final Set<String> RESOURCES =
      Set.of(
          Resources.FLOW_SCHEMAS.qualifiedName(),
          Resources.PRIORITY_LEVEL_CONFIGURATIONS.qualifiedName());

  private final Store store;
  private final int total;
  private final Loop loop;
  private final Loops loops;
  private final FlowMetrics metrics = new FlowMetrics();
  private final Surroundings around;
  private final AtomicBoolean isStale = new AtomicBoolean();
  private final AtomicBoolean isLending = new AtomicBoolean();
  private volatile Instant lent = Instant.MIN;
  private volatile Roads roads = new Roads(FlowConfig.of(TreeImage.EMPTY), Map.of(), Map.of());

  /** Where every schema leads, and all doors by the names of their levels. */
  private record Roads(
      FlowConfig config, Map<String, Road> bySchema, Map<String, LevelGate> gates) {}

  /**
   * Fairness among {@code total} seats, as the objects of the store say.
   *
   * @param loops timers, and the loops on which requests go on that had to wait
   */
  public Flows(Store store, int total, Loops loops) {
    this.store = store;
    this.total = total;
    this.loops = loops;
    this.loop = loops.loop("fairness");
    this.around = new Surroundings(loops, loop, this::pressed);
    load(store.subscribe(this));
  }

  /** What it counts, under the names of upstream. */
  public FlowMetrics metrics() {
    return metrics;
  }

  /** Where a request belongs. */
  public Visit visit(Asked asked) {
    Roads now = roads;
    FlowSchema schema = now.config.match(asked);
    Road road = now.bySchema.get(schema.name());
    if (road == null) {
      throw new IllegalStateException("no road for the flow schema " + schema.name());
    }
    return new Visit(asked, road);
  }

  /** All levels as they are now. */
  List<LevelReading> readings() {
    return roads.gates.values().stream().map(LevelGate::reading).toList();
  }

  /** Who waits, by the names of the levels. */
  Map<String, List<Guest>> guests() {
    Map<String, List<Guest>> guests = new LinkedHashMap<>();
    roads.gates.forEach((name, gate) -> guests.put(name, gate.guests()));
    return guests;
  }

  @Override
  public void changed(Delta delta, Image image) {
    if (RESOURCES.contains(delta.key().resource())) {
      reload();
    }
  }

  @Override
  public void replaced(Image image) {
    reload();
  }

  private void reload() {
    if (isStale.compareAndSet(false, true)) {
      loop.execute(
          () -> {
            isStale.set(false);
            load(store.image());
          });
    }
  }

  private void load(Image image) {
    FlowConfig config = FlowConfig.of(image);
    Map<String, SeatLimits> limits = SeatLimits.of(total, config.levels());
    Map<String, LevelGate> gates = new LinkedHashMap<>();
    Map<String, Level> levels = new LinkedHashMap<>();
    for (Level level : config.levels()) {
      SeatLimits own = limits.getOrDefault(level.name(), new SeatLimits(0, 0, 0));
      LevelGate known = roads.gates.get(level.name());
      if (known != null) {
        known.become(level, own);
      }
      gates.put(level.name(), known == null ? new LevelGate(around, level, own) : known);
      levels.put(level.name(), level);
    }
    Map<String, Road> bySchema = new LinkedHashMap<>();
    for (FlowSchema schema : config.schemas()) {
      LevelGate gate = gates.get(schema.level());
      Level level = levels.get(schema.level());
      SeatLimits own = limits.get(schema.level());
      if (gate != null && level != null && own != null) {
        bySchema.put(
            schema.name(),
            new Road(
                schema,
                level.uid(),
                own.nominal(),
                gate,
                metrics.flow(schema.name(), level.name())));
      }
    }
    roads = new Roads(config, bySchema, gates);
    tell();
  }

  /** Somebody had to wait: seats are lent anew, now or when the last time is a period ago. */
  private void pressed() {
    if (isLending.compareAndSet(false, true)) {
      Duration passed =
          lent.equals(Instant.MIN) ? PERIOD : Duration.between(lent, loops.clock().instant());
      loop.schedule(PERIOD.minus(passed), this::lend);
    }
  }

  private void lend() {
    lent = loops.clock().instant();
    isLending.set(false);
    List<LevelGate> gates = List.copyOf(roads.gates.values());
    List<Borrowing.Need> needs = new ArrayList<>();
    boolean isPressed = false;
    for (LevelGate gate : gates) {
      int wanted = gate.takeHighest();
      LevelReading reading = gate.reading();
      needs.add(new Borrowing.Need(reading.limits(), reading.level().exempt(), wanted));
      isPressed |= reading.queues().waiting() > 0;
    }
    List<Integer> seats = Borrowing.seats(total, needs);
    for (int i = 0; i < gates.size(); i++) {
      gates.get(i).resize(seats.get(i));
    }
    tell();
    if (isPressed) {
      pressed();
    }
  }

  private void tell() {
    for (LevelReading reading : readings()) {
      SeatLimits limits = reading.limits();
      int now = reading.level().exempt() ? limits.nominal() : reading.queues().limit();
      metrics.limits(reading.level().name(), limits.nominal(), limits.lower(), limits.upper(), now);
    }
  }

  /** Follows the store no longer; requests may still come and go. */
  @Override
  public void close() {
    store.unsubscribe(this);
  }
}
