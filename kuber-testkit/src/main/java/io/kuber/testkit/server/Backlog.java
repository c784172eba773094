package io.kuber.testkit.server;

import io.kuber.loop.Entropy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What is on its way to a server, in order. Guarded by the store that it is for. */
final class Backlog {
  /** Whoever lacks more changes gets a snapshot, as from a leader that has shortened its log. */
  static final int MAX_CHANGES = 10_000;

  private final InstantSource clock;
  private final Entropy entropy;
  private final Deque<Parcel> parcels = new ArrayDeque<>();
  private Instant lastDue = Instant.MIN;

  Backlog(InstantSource clock, Entropy entropy) {
    this.clock = clock;
    this.entropy = entropy;
  }

  private record Parcel(Arrival arrival, Instant due) {}

  /** It is on its way, as long as the link says. */
  void add(Arrival arrival, Link link) {
    Instant due = clock.instant().plus(link.draw(entropy));
    lastDue = due.isBefore(lastDue) ? lastDue : due;
    boolean isSnapshot = parcels.size() == MAX_CHANGES;
    if (isSnapshot) {
      parcels.clear();
    }
    parcels.add(new Parcel(isSnapshot ? new Arrival.Snapshot(arrival.image()) : arrival, lastDue));
  }

  boolean isDue() {
    return !parcels.isEmpty() && !parcels.element().due().isAfter(clock.instant());
  }

  Arrival remove() {
    return parcels.remove().arrival();
  }

  /** How long the next one still takes; empty when nothing is on its way. */
  Optional<Duration> untilDue() {
    return parcels.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.between(clock.instant(), parcels.element().due()));
  }

  /** All that is on its way arrives now. */
  void hurry() {
    lastDue = Instant.MIN;
    Deque<Parcel> held = new ArrayDeque<>(parcels);
    parcels.clear();
    held.forEach(parcel -> parcels.add(new Parcel(parcel.arrival(), Instant.MIN)));
  }
}
