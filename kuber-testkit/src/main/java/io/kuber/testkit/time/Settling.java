package io.kuber.testkit.time;

import io.kuber.loop.SimulatedLoops;
import io.kuber.store.Key;
import io.kuber.testkit.history.Change;
import io.kuber.testkit.history.History;
import io.kuber.testkit.node.SimulatedNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lets time pass until a cluster has come to rest: no pod is being started or stopped, and nothing
 * but signs of life was written for a while.
 */
final class Settling {
  /** So long nothing may have changed. Longer than the first back-off of pods and Jobs. */
  static final Duration QUIET = Duration.ofSeconds(15);

  /** A cluster that is not at rest after so long a time is not expected to come to it. */
  static final Duration LIMIT = Duration.ofHours(1);

  private static final Duration STEP = Duration.ofSeconds(1);

  /** What is said of a cluster that does not come to rest is about its last minute. */
  private static final Duration RECENT = Duration.ofMinutes(1);

  /** Objects and pods that are named; the rest is counted. */
  private static final int MAX_NAMED = 10;

  private final SimulatedLoops loops;
  private final History history;
  private final Pulse pulse;
  private final SimulatedNodes nodes;

  Settling(SimulatedLoops loops, History history, Pulse pulse, SimulatedNodes nodes) {
    this.loops = loops;
    this.history = history;
    this.pulse = pulse;
    this.nodes = nodes;
  }

  void run() {
    Instant limit = now().plus(LIMIT);
    loops.settle();
    while (isMoving()) {
      if (!now().isBefore(limit)) {
        throw new NotSettledException(
            "the cluster did not come to rest within " + LIMIT + ": " + whatMoves());
      }
      loops.advance(STEP);
    }
  }

  private boolean isMoving() {
    return pulse.lastMove().plus(QUIET).isAfter(now()) || !nodes.underWay().isEmpty();
  }

  private String whatMoves() {
    return "in the last "
        + RECENT
        + " "
        + written()
        + "; pods under way: "
        + named(nodes.underWay());
  }

  /** What was written most often, first. */
  private String written() {
    Instant since = now().minus(RECENT);
    Map<Key, Long> writes =
        history.changes().stream()
            .filter(entry -> entry.at().isAfter(since) && !entry.isHeartbeat())
            .collect(Collectors.groupingBy(Change::key, TreeMap::new, Collectors.counting()));
    return named(
        writes.entrySet().stream()
            .sorted(Comparator.comparing((Map.Entry<Key, Long> each) -> -each.getValue()))
            .map(each -> each.getKey() + " changed " + each.getValue() + " times")
            .toList());
  }

  private static String named(List<String> all) {
    String first = all.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    return all.isEmpty()
        ? "none"
        : all.size() <= MAX_NAMED ? first : first + " and " + (all.size() - MAX_NAMED) + " more";
  }

  private Instant now() {
    return loops.clock().instant();
  }
}
