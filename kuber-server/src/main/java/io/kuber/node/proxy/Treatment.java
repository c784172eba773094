package io.kuber.node.proxy;

import java.time.Duration;
import java.util.Locale;

/**
 * How the kernel's table treats a front end: the chain its packets go to. All front ends that are
 * treated alike share the chain, so there are only a few however many services there are.
 *
 * @param nodePort whether all addresses of the node are one destination
 * @param endpoints how many there are to choose from
 * @param local how many of them the world may choose from, for {@link Balance.Reach#LOCAL}
 * @param without what happens without endpoints
 * @param restricted whether only some clients are served
 */
record Treatment(
    boolean nodePort,
    Balance.Reach reach,
    int endpoints,
    int local,
    Balance.Without without,
    Duration affinity,
    boolean restricted) {
  static final String REFUSE = "refuse";
  static final String DROP = "drop";

  static Treatment of(Frontend frontend, Balance balance) {
    return new Treatment(
        frontend.isNodePort(),
        balance.reach(),
        balance.endpoints().size(),
        balance.local().size(),
        balance.without(),
        balance.affinity(),
        balance.isRestricted());
  }

  /** The same for clients that were found to be served. */
  Treatment unrestricted() {
    return new Treatment(nodePort, reach, endpoints, local, without, affinity, false);
  }

  /** How those are treated who are not the world. */
  Treatment forCluster() {
    return new Treatment(
        nodePort, Balance.Reach.CLUSTER, endpoints, 0, without, affinity, restricted);
  }

  boolean isEmpty() {
    return endpoints == 0;
  }

  boolean isSticky() {
    return !affinity.isZero();
  }

  /** The chain's name, such as {@code cluster-spread-3} or {@code node-external-stick-3-10800}. */
  String chain() {
    if (isEmpty() && !restricted) {
      return name(without);
    }
    String asks = (nodePort ? "node-" : "") + (restricted ? "some-" : "");
    return asks + (isEmpty() ? name(without) : name(reach) + choice());
  }

  private String choice() {
    return isSticky() ? stick() : "-spread-" + count();
  }

  private String stick() {
    return "-stick-" + count() + "-" + affinity.toSeconds();
  }

  private String count() {
    return (reach == Balance.Reach.LOCAL ? local + "-of-" : "") + endpoints;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
