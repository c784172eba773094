package io.kuber.controller.podgc;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Since when nodes that pods name are missing. Owned by the loop of the controller; forgetting it
 * costs another time of waiting.
 */
final class LostNodes {
  /** Nodes remembered; the one that was missed first is forgotten first. */
  private static final int MAX_REMEMBERED = 10_000;

  private final Map<String, Instant> missed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** Since when the node is missing, which it is now. */
  Instant missedSince(String node, Instant now) {
    return missed.computeIfAbsent(node, unused -> now);
  }

  /** The node is there. */
  void found(String node) {
    missed.remove(node);
  }
}
