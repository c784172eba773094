package io.kuber.scheduler;

import io.kuber.object.KubeObject;
import io.kuber.scheduler.plugin.NodeState;
import io.kuber.scheduler.plugin.PodDemand;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes and what pods take of them, assumed pods included. A pod whose node is not known yet is
 * kept until it is. Owned by the scheduler's loop.
 */
final class Cluster {
  private final Map<String, NodeState> nodes = new TreeMap<>();
  private final Map<Key, String> places = new HashMap<>();
  private final Map<String, Map<Key, PodDemand>> homeless = new HashMap<>();
  private List<NodeState> list = List.of();

  /** The nodes in the order of their names. */
  List<NodeState> nodes() {
    return list;
  }

  void putNode(KubeObject node) {
    NodeState known = nodes.get(node.name());
    if (known != null) {
      known.update(node);
      return;
    }
    NodeState state = new NodeState(node);
    Map<Key, PodDemand> waiting = homeless.remove(node.name());
    if (waiting != null) {
      waiting.forEach(state::add);
    }
    nodes.put(node.name(), state);
    list = new ArrayList<>(nodes.values());
  }

  void removeNode(String name) {
    nodes.remove(name);
    list = new ArrayList<>(nodes.values());
  }

  /** Counts a pod on a node, instead of where it counted before. */
  void place(Key key, PodDemand pod, String nodeName) {
    remove(key);
    places.put(key, nodeName);
    NodeState node = nodes.get(nodeName);
    if (node == null) {
      homeless.computeIfAbsent(nodeName, unused -> new HashMap<>()).put(key, pod);
    } else {
      node.add(key, pod);
    }
  }

  /** Counts a pod no more; false when it did not count. */
  boolean remove(Key key) {
    String nodeName = places.remove(key);
    if (nodeName == null) {
      return false;
    }
    NodeState node = nodes.get(nodeName);
    if (node != null) {
      node.remove(key);
    }
    Map<Key, PodDemand> waiting = homeless.get(nodeName);
    if (waiting != null) {
      waiting.remove(key);
    }
    return true;
  }

  /** Whether the pod takes room on a node. */
  static boolean takesRoom(KubeObject pod) {
    return !Pods.nodeName(pod).isEmpty() && !Pods.isFinished(pod);
  }
}
