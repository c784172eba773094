package io.kuber.node.network;

import io.kuber.linux.PathNetlink;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.RouteNetlink.Link;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The node's end of the tunnel to nodes behind routers: a vxlan link that is told of every
 * neighbour and learns nothing by itself. It is made when the first such node is there.
 */
final class TunnelLink {
  /** What vxlan puts in front of a packet: Ethernet 14, IPv4 20, UDP 8, vxlan 8. */
  static final int OVERHEAD_BYTES = 50;

  /** Of RFC 7348. */
  private static final int PORT = 4789;

  /** Tells kuber's tunnel from others of that port; the same at all nodes. */
  private static final int NETWORK = 10_244;

  private static final int ALONE = 32;
  private static final String OURS = "kuber tunnel";

  private final RouteNetlink routes;
  private final PathNetlink paths;
  private final PodNetworkConfig config;
  private final Map<Ipv4, NodePath.Tunnelled> told = new HashMap<>();

  TunnelLink(RouteNetlink routes, PathNetlink paths, PodNetworkConfig config) {
    this.routes = routes;
    this.paths = paths;
    this.config = config;
  }

  /**
   * Makes the link lead to these nodes, and to no others; returns its index.
   *
   * @param mtu the largest packet of the node's own link
   */
  int lead(Collection<NodePath.Tunnelled> to, int mtu) {
    int index = ready(mtu - OVERHEAD_BYTES);
    Map<Ipv4, NodePath.Tunnelled> wanted = new HashMap<>();
    to.forEach(path -> wanted.put(path.end(), path));
    for (var address : paths.neighbours(index)) {
      Ipv4 end = Ipv4.parse(address.getHostAddress());
      if (!wanted.containsKey(end)) {
        paths.deleteNeighbour(index, address, NodeBridge.hardwareAddress(end));
        told.remove(end);
      }
    }
    for (NodePath.Tunnelled path : wanted.values()) {
      if (!path.equals(told.get(path.end()))) {
        paths.setNeighbour(index, path.end().inet(), path.mac(), path.node().inet());
        told.put(path.end(), path);
      }
    }
    return index;
  }

  private int ready(int mtu) {
    Optional<Link> existing = routes.link(config.tunnel());
    if (existing.isEmpty()) {
      told.clear();
      return make(mtu);
    }
    Link link = existing.get();
    if (!link.alias().equals(OURS)) {
      throw new IllegalStateException(
          "link %1$s is not kuber's; take it away with: ip link del %1$s".formatted(link.name()));
    }
    if (link.mtu() != mtu) {
      paths.mtu(link.index(), mtu);
    }
    return link.index();
  }

  /** The alias is written last: a link with it is complete. */
  private int make(int mtu) {
    Ipv4 end = config.pods().base();
    paths.addTunnel(
        new PathNetlink.Tunnel(
            config.tunnel(), NodeBridge.hardwareAddress(end), mtu, NETWORK, PORT));
    int index = routes.link(config.tunnel()).orElseThrow().index();
    try {
      routes.addAddress(index, end.inet(), ALONE);
      routes.up(index);
      routes.alias(index, OURS);
    } catch (RuntimeException | Error e) {
      routes.delete(index);
      throw e;
    }
    return index;
  }

  /** Takes the link away; does nothing if there is none that is kuber's. */
  void remove() {
    routes
        .link(config.tunnel())
        .filter(link -> link.alias().equals(OURS))
        .ifPresent(link -> routes.delete(link.index()));
    told.clear();
  }
}
