package io.kuber.node.network;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Decides how packets get to other nodes' pods: pure. A node that shares a network with this one is
 * sent them directly; to all others they go through the tunnel, as routers between know nothing of
 * pods.
 */
final class PathPlanner {
  private PathPlanner() {}

  /**
   * A network that the node is on.
   *
   * @param link the index of the link that leads to it
   */
  record Lan(int link, Ipv4Block block) {}

  /**
   * The ways, by the addresses they lead to.
   *
   * @param config of this node; who claims pods' addresses outside of the cluster's, or this node's
   *     own, gets none
   * @param lans the networks that this node is on
   * @param others all other nodes; of two that claim the same addresses the first by name counts
   */
  static NavigableMap<Ipv4, NodePath> plan(
      PodNetworkConfig config, List<Lan> lans, Collection<NodeReach> others) {
    NavigableMap<Ipv4, NodePath> paths = new TreeMap<>();
    others.stream()
        .sorted(Comparator.comparing(NodeReach::name))
        .filter(other -> mayHave(config, other.pods()))
        .forEach(other -> paths.putIfAbsent(other.pods().base(), path(lans, other)));
    return paths;
  }

  private static boolean mayHave(PodNetworkConfig config, Ipv4Block pods) {
    boolean within =
        pods.prefix() >= config.clusterPods().prefix()
            && config.clusterPods().contains(pods.base());
    boolean own = pods.contains(config.pods().base()) || config.pods().contains(pods.base());
    return within && !own;
  }

  private static NodePath path(List<Lan> lans, NodeReach other) {
    return lans.stream()
        .filter(lan -> lan.block().contains(other.address()))
        .max(Comparator.comparingInt(lan -> lan.block().prefix()))
        .<NodePath>map(lan -> new NodePath.Direct(other.pods(), other.address(), lan.link()))
        .orElseGet(() -> new NodePath.Tunnelled(other.pods(), other.address()));
  }
}
