package io.kuber.node.proxy;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/**
 * Where a service's traffic can go.
 *
 * @param ip an IPv4 address, of a pod or of a node
 * @param ready whether it takes new connections gladly; false for one that is ending and still
 *     answers. What does neither is no backend.
 * @param node the name of the node it is on, empty if unknown
 * @param zones the zones it is meant for, none if it is for all
 * @param nodes the nodes it is meant for, none if it is for all
 */
public record Backend(
    String ip,
    int port,
    boolean ready,
    String node,
    ImmutableSet<String> zones,
    ImmutableSet<String> nodes) {
  /** With the zones and nodes of hints. */
  public Backend(
      String ip, int port, boolean ready, String node, Set<String> zones, Set<String> nodes) {
    this(ip, port, ready, node, ImmutableSet.copyOf(zones), ImmutableSet.copyOf(nodes));
  }

  /** One that is ready and meant for everybody. */
  public Backend(String ip, int port) {
    this(ip, port, true, "", ImmutableSet.of(), ImmutableSet.of());
  }

  /** The same on a node. */
  public Backend on(String name) {
    return new Backend(ip, port, ready, name, zones, nodes);
  }

  /** The same, ending. */
  public Backend ending() {
    return new Backend(ip, port, false, node, zones, nodes);
  }
}
