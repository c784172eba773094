package io.kuber.scheduler.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which nodes are asked: one of each zone in turn, so that a pod that needs only some
 * answers hears of all zones (upstream: node_tree.go). Pure.
 */
final class NodeOrder {
  private NodeOrder() {}

  static List<NodeState> of(Collection<NodeState> nodes) {
    Map<String, List<NodeState>> zones = new LinkedHashMap<>();
    for (NodeState node : nodes) {
      zones.computeIfAbsent(zone(node), unused -> new ArrayList<>()).add(node);
    }
    List<NodeState> order = new ArrayList<>(nodes.size());
    for (int turn = 0; order.size() < nodes.size(); turn++) {
      for (List<NodeState> zone : zones.values()) {
        if (turn < zone.size()) {
          order.add(zone.get(turn));
        }
      }
    }
    return List.copyOf(order);
  }

  private static String zone(NodeState node) {
    return node.labels().text("topology.kubernetes.io/region")
        + "/"
        + node.labels().text("topology.kubernetes.io/zone");
  }
}
