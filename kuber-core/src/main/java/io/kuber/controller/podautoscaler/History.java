package io.kuber.controller.podautoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was recommended and done before. Immutable.
 *
 * @param recommendations before they were restrained, oldest first
 * @param changes of scale that were seen to have taken effect, oldest first
 * @param asked the last change that was asked for and not seen yet
 */
record History(List<Entry> recommendations, List<Entry> changes, Optional<Change> asked) {
  static final History NONE = new History(List.of(), List.of(), Optional.empty());

  /** No window and no period may be longer (autoscaling/v2 validation). */
  private static final Duration LONGEST = Duration.ofHours(1);

  History {
    recommendations = List.copyOf(recommendations);
    changes = List.copyOf(changes);
  }

  /** A number of replicas, or a change of it, at a time. */
  record Entry(Instant at, long replicas) {}

  /** A wish for another scale. */
  record Change(Instant at, long from, long to) {}

  /** The history once the present scale is known: a first look recommends to stay. */
  History seen(long current, Instant now) {
    List<Entry> kept = new ArrayList<>(recent(recommendations, LONGEST, now));
    if (kept.isEmpty()) {
      kept.add(new Entry(now, current));
    }
    List<Entry> done = new ArrayList<>(recent(changes, LONGEST, now));
    asked
        .filter(change -> change.to() == current)
        .ifPresent(change -> done.add(new Entry(change.at(), change.to() - change.from())));
    return new History(kept, done, Optional.empty());
  }

  History recommending(long replicas, Instant now) {
    List<Entry> more = new ArrayList<>(recommendations);
    more.add(new Entry(now, replicas));
    return new History(more, changes, asked);
  }

  History asking(long from, long to, Instant now) {
    return new History(recommendations, changes, Optional.of(new Change(now, from, to)));
  }

  /** The highest recommendation of the window, or the new one. */
  long highest(Duration window, long recommended, Instant now) {
    return recent(recommendations, window, now).stream()
        .mapToLong(Entry::replicas)
        .reduce(recommended, Math::max);
  }

  /** The lowest recommendation of the window, or the new one. */
  long lowest(Duration window, long recommended, Instant now) {
    return recent(recommendations, window, now).stream()
        .mapToLong(Entry::replicas)
        .reduce(recommended, Math::min);
  }

  /** How many replicas there were when the period began. */
  long startOf(Duration period, long current, Instant now) {
    return current - recent(changes, period, now).stream().mapToLong(Entry::replicas).sum();
  }

  private static List<Entry> recent(List<Entry> entries, Duration period, Instant now) {
    Instant cutoff = now.minus(period);
    return entries.stream().filter(entry -> entry.at().isAfter(cutoff)).toList();
  }
}
