package io.kuber.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was given away a moment ago: between the choice of an address and its write somebody else
 * must not choose it too. May be used from any thread: a short lock guards the map.
 */
final class Reservations {
  /** Longer than any write takes. */
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  /** Beyond this many the oldest is forgotten. */
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<String, Instant> until = new LinkedHashMap<>();

  Reservations(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes the thing for a while; false when somebody has it. */
  synchronized boolean take(String thing) {
    Instant now = clock.instant();
    until.values().removeIf(end -> until.size() > MOST || end.isBefore(now));
    return until.putIfAbsent(thing, now.plus(LIFETIME)) == null;
  }
}
