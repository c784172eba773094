package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Veto;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Vetoes of many nodes, counted for people (upstream: framework.FitError). */
final class Reasons {
  private final Map<Veto, int[]> counts = new HashMap<>();
  private @Nullable Veto last;
  private int[] lastCount = new int[1];

  /** One more node for this reason; neighbours often share theirs. */
  void add(Veto veto) {
    if (isLast(veto)) {
      lastCount[0]++;
    } else {
      add(veto, 1);
    }
  }

  @SuppressWarnings("ReferenceEquality") // equal ones that are not the same are found by the map
  private boolean isLast(Veto veto) {
    return veto == last;
  }

  void add(Veto veto, int nodes) {
    last = veto;
    lastCount = counts.computeIfAbsent(veto, unused -> new int[1]);
    lastCount[0] += nodes;
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
