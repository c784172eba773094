package io.kuber.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Loops of simulation: one queue, one virtual clock, one seed. The thread that calls {@link
 * #advance} runs all tasks; nothing happens in between.
 *
 * <p>Tasks that are due at the same instant run in the order in which they were handed over. Not
 * thread-safe: a simulation is one thread by definition.
 */
public final class SimulatedLoops implements Loops {
  /** Tasks of one instant: a simulation that never lets time go on is a bug. */
  private static final int MAX_TASKS_AT_ONCE = 10_000_000;

  private final PriorityQueue<Task> queue =
      new PriorityQueue<>(
          Comparator.comparing((Task task) -> task.due).thenComparingLong(task -> task.order));
  private final Random random;
  private Instant now;
  private long handedOver;

  /** A simulation that starts at {@code start} and draws its random numbers from {@code seed}. */
  public SimulatedLoops(long seed, Instant start) {
    this.random = new Random(seed);
    this.now = start;
  }

  @Override
  public Loop loop(String name) {
    return new SimulatedLoop(name);
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public Entropy entropy() {
    return new SeededEntropy();
  }

  @Override
  public void close() {
    queue.clear();
  }

  /** Lets {@code duration} pass, running every task that becomes due on the way. */
  public void advance(Duration duration) {
    Instant end = now.plus(duration);
    int ran = 0;
    for (Task task = queue.peek(); task != null && !task.due.isAfter(end); task = queue.peek()) {
      ran = task.due.isAfter(now) ? 0 : ran + 1;
      if (ran > MAX_TASKS_AT_ONCE) {
        throw new IllegalStateException(
            "time stands still: after %d tasks at %s there is more to do: %s"
                .formatted(ran, now, dueNow()));
      }
      runNext();
    }
    now = end;
  }

  /** Runs what is due now, and what that makes due now, until nothing is left. */
  public void settle() {
    advance(Duration.ZERO);
  }

  /** The loops that have tasks due now, and how many. */
  private Map<String, Long> dueNow() {
    return queue.stream()
        .filter(task -> !task.due.isAfter(now))
        .collect(Collectors.groupingBy(task -> task.loop, TreeMap::new, Collectors.counting()));
  }

  private void runNext() {
    Task task = queue.remove();
    if (task.due.isAfter(now)) {
      now = task.due;
    }
    task.action.run();
  }

  private record Task(Instant due, long order, String loop, Runnable action) {}

  private final class SimulatedLoop implements Loop {
    private final String name;

    SimulatedLoop(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void execute(Runnable task) {
      schedule(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
      Duration wait = delay.isNegative() ? Duration.ZERO : delay;
      Task task = new Task(now.plus(wait), handedOver++, name, action);
      queue.add(task);
      return () -> queue.remove(task);
    }
  }

  private final class SeededEntropy implements Entropy {
    @Override
    public int below(int bound) {
      return random.nextInt(bound);
    }

    @Override
    public UUID uuid() {
      long high = (random.nextLong() & ~0xF000L) | 0x4000L;
      long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
      return new UUID(high, low);
    }
  }
}
