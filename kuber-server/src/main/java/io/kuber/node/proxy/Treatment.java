package io.kuber.node.proxy;

import java.time.Duration;
import java.util.Locale;

/**
 * How the kernel's table treats a front end: the chain its packets go to. All front ends that are
 * treated alike share the chain, so there are only a few however many services there are.
 *
 * @param endpoints how many there are to choose from, 0 to refuse
 */
record Treatment(Frontend.Reach reach, int endpoints, Duration affinity) {
  static final String REFUSE = "refuse";

  static Treatment of(Frontend frontend, Balance balance) {
    return new Treatment(frontend.reach(), balance.endpoints().size(), balance.affinity());
  }

  boolean refuses() {
    return endpoints == 0;
  }

  boolean isSticky() {
    return !affinity.isZero();
  }

  /** The chain's name, such as {@code cluster-spread-3} or {@code node-stick-3-10800}. */
  String chain() {
    if (refuses()) {
      return REFUSE;
    }
    String way =
        isSticky() ? "-stick-" + endpoints + "-" + affinity.toSeconds() : "-spread-" + endpoints;
    return reach.name().toLowerCase(Locale.ROOT) + way;
  }
}
