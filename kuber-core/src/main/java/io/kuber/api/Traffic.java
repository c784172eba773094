package io.kuber.api;

import io.kuber.resource.Verb;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an API has done so far, whoever asked: requests by verb, with the time until their answer,
 * and events given to watchers. For any thread; counting takes no lock.
 *
 * <p>Apart from {@link Witness}, who is told of single requests, those too that the gate refuses,
 * where a test wants to know them: this counts always, what comes to the API, and makes no object.
 */
public final class Traffic {
  private final Map<Verb, AtomicLongArray> times = new EnumMap<>(Verb.class);
  private final LongAdder events = new LongAdder();

  /** Nothing was done yet. */
  public Traffic() {
    for (Verb verb : Verb.values()) {
      times.put(verb, new AtomicLongArray(Latencies.CLASSES));
    }
  }

  private AtomicLongArray of(Verb verb) {
    AtomicLongArray counts = times.get(verb);
    if (counts == null) {
      throw new IllegalStateException("every verb was given its counts");
    }
    return counts;
  }

  /** A request was answered, well or with a refusal; a watch, once it was opened. */
  void answered(Verb verb, Duration took) {
    of(verb).incrementAndGet(Latencies.place(took.toNanos()));
  }

  /** So many events were given to a watcher. */
  void delivered(int more) {
    events.add(more);
  }

  /** How long the answers to requests of a verb took, so far. */
  public Latencies latencies(Verb verb) {
    AtomicLongArray counts = of(verb);
    long[] copy = new long[counts.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
    }
    return new Latencies(copy);
  }

  /** The events given to watchers so far. */
  public long events() {
    return events.sum();
  }
}
