package io.kuber.controller.node;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When nodes were last heard of, by the clock of this server. What a node says of the time is
 * believed as far as it makes sense: a node whose clock is wrong is as alive as any other, as long
 * as it goes on saying something new. Whoever has just begun to look gives a node the whole time
 * again.
 *
 * <p>Upstream keeps the time of the look at which something was new
 * (pkg/controller/nodelifecycle/node_lifecycle_controller.go, probeTimestamp), and looks every five
 * seconds; here a node is looked at when its time would be over.
 *
 * <p>Belongs to the reconciler's loop; as large as there are nodes.
 */
final class Sightings {
  private final Map<String, Sighting> sightings = new HashMap<>();

  /** What a node said at last, and when it was heard. */
  private record Sighting(Instant said, Instant heard) {}

  /**
   * When a node was last heard of.
   *
   * @param said the newest time that it gave, by its own clock
   */
  Instant heard(String node, Instant said, Instant now) {
    Sighting last = sightings.get(node);
    if (last == null || !last.said.equals(said)) {
      boolean makesSense = !said.isAfter(now) && said.isAfter(now.minus(NodePlanner.GRACE));
      last = new Sighting(said, makesSense ? said : now);
      sightings.put(node, last);
    }
    return last.heard;
  }

  /** A node is gone. */
  void forget(String node) {
    sightings.remove(node);
  }
}
