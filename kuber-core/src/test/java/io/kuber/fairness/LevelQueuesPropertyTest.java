package io.kuber.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.fairness.Level.Queues;
import io.kuber.fairness.LevelQueues.Started;
import io.kuber.fairness.LevelQueues.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever happens in a level; {@code -Dseed=} repeats one run. */
final class LevelQueuesPropertyTest {
  private static final int RUNS = 60;
  private static final int STEPS = 2_000;
  private static final int FLOWS = 12;
  private static final int WIDEST = 4;

  private Random random = new Random(0);
  private LevelQueues level = LevelQueues.of(Queues.NONE, 0);
  private Queues queues = Queues.NONE;
  private final List<Started> inside = new ArrayList<>();
  private final Map<Long, Long> waiting = new LinkedHashMap<>();
  private final Map<Long, Integer> wishes = new LinkedHashMap<>();
  private long ids;
  private long now;

  static LongStream seeds() {
    Long one = Long.getLong("seed");
    return one == null ? LongStream.range(0, RUNS) : LongStream.of(one);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsWhateverHappens(long seed) {
    random = new Random(seed);
    queues = new Queues(1 + random.nextInt(64), 1, 1 + random.nextInt(20));
    level = LevelQueues.of(queues, 1 + random.nextInt(20));
    for (int i = 0; i < STEPS; i++) {
      now += random.nextInt(5_000_000) - 100_000;
      happen();
      hold();
    }
    drain();
  }

  private void happen() {
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> {
        long id = ids++;
        int wide = 1 + random.nextInt(WIDEST);
        wishes.put(id, wide);
        Step step =
            level.arrive(id, FlowSchema.hash("s", "flow-" + random.nextInt(FLOWS)), wide, now);
        if (step.refused().isEmpty()) {
          waiting.put(id, step.lane());
        }
        take(step);
      }
      case 4, 5 -> {
        if (!inside.isEmpty()) {
          Started ended = inside.remove(random.nextInt(inside.size()));
          take(level.finish(ended, random.nextDouble(), now));
        }
      }
      case 6 -> {
        if (!waiting.isEmpty()) {
          long id = List.copyOf(waiting.keySet()).get(random.nextInt(waiting.size()));
          long lane = waiting.getOrDefault(id, 0L);
          waiting.remove(id);
          take(level.leave(id, lane, now));
        }
      }
      default -> {
        if (random.nextInt(10) == 0) {
          int count = 1 + random.nextInt(64);
          queues =
              new Queues(count, 1 + random.nextInt(Math.min(count, 4)), 1 + random.nextInt(20));
          take(level.resize(queues, random.nextInt(20), now));
        }
      }
    }
  }

  private void take(Step step) {
    level = step.after();
    for (Started started : step.started()) {
      assertThat(waiting.remove(started.id())).as("waits: %s", started).isNotNull();
      assertThat(started.seats()).isEqualTo(wishes.get(started.id()));
      inside.add(started);
    }
  }

  private void hold() {
    int seats = inside.stream().mapToInt(Started::seats).sum();
    assertThat(level.seats()).isEqualTo(seats);
    assertThat(level.executing()).isEqualTo(inside.size());
    assertThat(level.waiting()).isEqualTo(waiting.size());
    assertThat(level.busy()).allMatch(busy -> busy.waiting() + busy.executing() > 0);
    assertThat(level.busy().stream().mapToInt(busy -> busy.waiting()).sum())
        .isEqualTo(waiting.size());
    if (!waiting.isEmpty()) {
      assertThat(seats + WIDEST).as("nobody waits beside free seats").isGreaterThan(level.limit());
      assertThat(inside).as("somebody goes while others wait").isNotEmpty();
    }
  }

  /** All who wait come in when the others end, and nothing is left. */
  private void drain() {
    int rest = waiting.size() + inside.size();
    for (int i = 0; i < rest; i++) {
      now += 1_000_000;
      take(level.finish(inside.remove(0), 0.001, now));
      hold();
    }
    assertThat(waiting).isEmpty();
    assertThat(level.busy()).isEmpty();
    assertThat(level.demand()).isZero();
  }
}
