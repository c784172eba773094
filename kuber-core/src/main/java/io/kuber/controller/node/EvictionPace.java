package io.kuber.controller.node;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a node that is not ready may be emptied now: one node after the other, zone by zone, and
 * the slower the more of a zone is ill, since then it is more likely that the nodes are not heard
 * than that they are gone (upstream: pkg/controller/nodelifecycle, zone states and their rate
 * limiters).
 *
 * <p>Read from the taints that the nodes have, so that a controller that starts anew goes on at the
 * same pace.
 *
 * @param mayEvict whether the taint that drives pods away may be there
 * @param again when to ask again, where it may not be there yet
 */
record EvictionPace(boolean mayEvict, Optional<Duration> again) {
  /** Between two nodes of a zone (upstream: nodeEvictionRate). */
  static final Duration USUAL = Duration.ofSeconds(10);

  /** The same where most of a large zone is ill (upstream: secondaryNodeEvictionRate). */
  static final Duration SLOW = Duration.ofSeconds(100);

  /**
   * Who fell ill at the same time is known after so long (upstream: nodeMonitorPeriod); before, a
   * node of which nobody has heard yet might be due first.
   */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** Zones of at most so many nodes are left alone when most of them are ill. */
  private static final int SMALL = 50;

  /** From this share of ill nodes on a zone counts as disrupted (unhealthyZoneThreshold). */
  private static final double ILL_SHARE = 0.55;

  /** Fewer ill nodes are no sign of anything. */
  private static final int FEW = 2;

  private static final Set<String> DRIVING_AWAY =
      Set.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  /** No pod is driven away. */
  static final EvictionPace NEVER = new EvictionPace(false, Optional.empty());

  /** Pods may be driven away. */
  static final EvictionPace NOW = new EvictionPace(true, Optional.empty());

  private static final Comparator<KubeObject> LONGEST_ILL =
      Comparator.comparing(EvictionPace::illSince).thenComparing(KubeObject::name);

  /** The pace for a node that is not ready, among all nodes that there are. */
  static EvictionPace of(KubeObject node, List<KubeObject> nodes, Instant now) {
    if (nodes.stream().noneMatch(EvictionPace::isReady)) {
      return NEVER;
    }
    if (tainted(node).isPresent()) {
      return NOW;
    }
    Instant settled = illSince(node).plus(SETTLING);
    if (settled.isAfter(now)) {
      return later(Duration.between(now, settled));
    }
    String zone = zoneOf(node);
    List<KubeObject> neighbours = nodes.stream().filter(n -> zoneOf(n).equals(zone)).toList();
    Optional<Duration> interval = interval(neighbours);
    if (interval.isEmpty()) {
      return later(USUAL);
    }
    Instant due =
        neighbours.stream()
            .flatMap(n -> tainted(n).stream())
            .max(Instant::compareTo)
            .map(last -> last.plus(interval.get()))
            .orElse(now);
    if (due.isAfter(now)) {
      return later(Duration.between(now, due));
    }
    boolean isNext =
        neighbours.stream()
            .filter(n -> !isReady(n) && tainted(n).isEmpty())
            .min(LONGEST_ILL)
            .filter(next -> next.name().equals(node.name()))
            .isPresent();
    return isNext ? NOW : later(interval.get());
  }

  private static EvictionPace later(Duration wait) {
    return new EvictionPace(false, Optional.of(wait));
  }

  /** The time between two nodes of a zone; empty when none of it may be emptied. */
  private static Optional<Duration> interval(List<KubeObject> zone) {
    long ill = zone.stream().filter(node -> !isReady(node)).count();
    boolean all = ill == zone.size();
    boolean most = ill > FEW && ill >= ILL_SHARE * zone.size();
    if (all || !most) {
      return Optional.of(USUAL);
    }
    return zone.size() > SMALL ? Optional.of(SLOW) : Optional.empty();
  }

  private static boolean isReady(KubeObject node) {
    return NodePlanner.isReady(node.status());
  }

  private static Instant illSince(KubeObject node) {
    return Condition.find(node.status(), "Ready")
        .map(Condition::transitionedAt)
        .orElseGet(node::createdAt);
  }

  /** Since when the node's illness drives pods away. */
  private static Optional<Instant> tainted(KubeObject node) {
    return node.spec().items("taints").trees().stream()
        .filter(taint -> taint.text("effect").equals("NoExecute"))
        .filter(taint -> DRIVING_AWAY.contains(taint.text("key")))
        .map((Tree taint) -> Timestamps.parse(taint.text("timeAdded")))
        .max(Instant::compareTo);
  }

  private static String zoneOf(KubeObject node) {
    return label(node, "region") + "/" + label(node, "zone");
  }

  private static String label(KubeObject node, String what) {
    String old = node.labels().getOrDefault("failure-domain.beta.kubernetes.io/" + what, "");
    return node.labels().getOrDefault("topology.kubernetes.io/" + what, old);
  }
}
