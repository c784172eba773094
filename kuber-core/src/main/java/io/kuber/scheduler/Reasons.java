package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Veto;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Vetoes of many nodes, counted for people (upstream: framework.FitError). */
final class Reasons {
  private final Map<Veto, int[]> counts = new HashMap<>();

  /** One more node for this reason. */
  void add(Veto veto) {
    add(veto, 1);
  }

  void add(Veto veto, int nodes) {
    counts.computeIfAbsent(veto, unused -> new int[1])[0] += nodes;
  }

  /** Such as {@code 0/3 nodes are available: 3 Insufficient cpu.} */
  String message(int nodes) {
    Map<String, Integer> reasons = new TreeMap<>();
    counts.forEach(
        (veto, count) ->
            veto.reasons().forEach(reason -> reasons.merge(reason, count[0], Integer::sum)));
    String listed =
        reasons.entrySet().stream()
            .map(reason -> reason.getValue() + " " + reason.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    return message(nodes, listed);
  }

  /** The same for one reason that stands for all nodes. */
  static String message(int nodes, String reason) {
    return "0/%d nodes are available: %s.".formatted(nodes, reason);
  }
}
