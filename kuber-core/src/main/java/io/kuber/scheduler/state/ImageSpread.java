package io.kuber.scheduler.state;

import java.util.HashMap;
import java.util.Map;

/** On how many nodes each image is. Owned by the scheduler's loop. */
final class ImageSpread {
  private final Map<String, Integer> nodes = new HashMap<>();

  void add(NodeState node) {
    node.images().keySet().forEach(image -> nodes.merge(image, 1, Integer::sum));
  }

  void remove(NodeState node) {
    node.images()
        .keySet()
        .forEach(
            image -> nodes.computeIfPresent(image, (n, count) -> count > 1 ? count - 1 : null));
  }

  int of(String image) {
    return nodes.getOrDefault(image, 0);
  }
}
