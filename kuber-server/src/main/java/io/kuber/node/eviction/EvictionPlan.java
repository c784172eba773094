package io.kuber.node.eviction;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to do about what was measured.
 *
 * @param seen when each pressure was last there, for the next plan
 * @param under the pressures that the node is to tell of
 * @param starved what is short, where that is why pods go
 * @param victims who has to go, in this order
 */
record EvictionPlan(
    Map<Pressure, Instant> seen,
    Set<Pressure> under,
    Optional<String> starved,
    List<Victim> victims) {
  /** For which a pressure is told of after it has gone, so that the node does not oscillate. */
  static final Duration TRANSITION = Duration.ofMinutes(5);

  /** Copies the collections. */
  EvictionPlan {
    seen = Map.copyOf(seen);
    under = Set.copyOf(under);
    victims = List.copyOf(victims);
  }

  /** When each pressure was last there, now that some are there again. */
  static Map<Pressure, Instant> seen(
      Map<Pressure, Instant> before, Set<Pressure> current, Instant now) {
    Map<Pressure, Instant> seen = new EnumMap<>(Pressure.class);
    seen.putAll(before);
    current.forEach(pressure -> seen.put(pressure, now));
    return seen;
  }

  /** The pressures that were there not long ago. */
  static Set<Pressure> under(Map<Pressure, Instant> seen, Instant now) {
    Set<Pressure> under = EnumSet.noneOf(Pressure.class);
    seen.forEach(
        (pressure, last) -> {
          if (Duration.between(last, now).compareTo(TRANSITION) < 0) {
            under.add(pressure);
          }
        });
    return under;
  }
}
