package io.kuber.testkit.report;

import io.kuber.api.Latencies;
import io.kuber.api.Traffic;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.resource.Verb;
import io.kuber.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows a cluster from now on: a census, and a sample at every tick. Samples are taken on a loop;
 * when there are many, every second one is forgotten and the ticks become twice as long, so that an
 * hour takes no more memory than a minute.
 */
public final class Observation implements AutoCloseable {
  private static final int MAX_SAMPLES = 2400;
  private static final Duration FIRST_TICK = Duration.ofMillis(250);
  private static final Set<Verb> READS = Set.of(Verb.GET, Verb.LIST);

  private final Store store;
  private final Traffic traffic;
  private final Loop loop;
  private final Census census;
  private final Map<Verb, Latencies> before;
  private final long eventsBefore;
  private List<Sample> samples = new ArrayList<>();
  private Latencies lastReads = Latencies.NONE;
  private Latencies lastWrites = Latencies.NONE;
  private Memory memory = Memory.UNSEEN;
  private Duration tick = FIRST_TICK;
  private boolean closed;

  private Observation(Store store, Traffic traffic, Loops loops) {
    this.store = store;
    this.traffic = traffic;
    this.loop = loops.loop("observation");
    this.census = Census.of(store, loops.clock());
    this.before = now(traffic);
    this.eventsBefore = traffic.events();
  }

  /** Begins. */
  public static Observation of(Store store, Traffic traffic, Loops loops) {
    Observation observation = new Observation(store, traffic, loops);
    observation.sample();
    observation.loop.schedule(FIRST_TICK, observation::tick);
    return observation;
  }

  private static Map<Verb, Latencies> now(Traffic traffic) {
    Map<Verb, Latencies> all = new EnumMap<>(Verb.class);
    for (Verb verb : Verb.values()) {
      all.put(verb, traffic.latencies(verb));
    }
    return all;
  }

  /** Nodes and pods, as they are counted. */
  public Census census() {
    return census;
  }

  /** A line about it, which is up to the caller to ask for. */
  public Pulse pulse() {
    return new Pulse(census, traffic);
  }

  /** The answers to the requests since the beginning, by verb. */
  public Map<Verb, Latencies> requests() {
    Map<Verb, Latencies> since = now(traffic);
    since.replaceAll((verb, all) -> all.since(before.getOrDefault(verb, Latencies.NONE)));
    return since;
  }

  private void tick() {
    if (!closed) {
      sample();
      loop.schedule(tick, this::tick);
    }
  }

  /** Takes a sample, besides those of the ticks. */
  public synchronized void sample() {
    Latencies reads = Latencies.NONE;
    Latencies writes = Latencies.NONE;
    for (Map.Entry<Verb, Latencies> each : requests().entrySet()) {
      if (READS.contains(each.getKey())) {
        reads = reads.plus(each.getValue());
      } else if (each.getKey() != Verb.WATCH) {
        writes = writes.plus(each.getValue());
      }
    }
    memory = memory.next();
    samples.add(
        new Sample(
            census.now(),
            census.reading(),
            reads.count() + writes.count(),
            traffic.events() - eventsBefore,
            reads.since(lastReads).seconds(99),
            writes.since(lastWrites).seconds(99),
            memory));
    lastReads = reads;
    lastWrites = writes;
    if (samples.size() >= MAX_SAMPLES) {
      thin();
    }
  }

  private void thin() {
    List<Sample> kept = new ArrayList<>();
    for (int i = 0; i < samples.size(); i += 2) {
      kept.add(samples.get(i));
    }
    samples = kept;
    tick = tick.multipliedBy(2);
  }

  /** What was seen so far, in order. */
  public synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** Sees nothing any more. */
  @Override
  public synchronized void close() {
    closed = true;
    store.unsubscribe(census);
  }
}
