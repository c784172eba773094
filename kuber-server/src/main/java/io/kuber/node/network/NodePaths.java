package io.kuber.node.network;

import io.kuber.linux.PathNetlink;
import io.kuber.linux.PathNetlink.Route;
import io.kuber.linux.RouteNetlink;
import io.kuber.linux.RouteNetlink.Link;
import io.kuber.linux.RouteNetlink.Reach;
import io.kuber.linux.Syscalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The ways from this node to the pods of others: a route to each that shares a network with it, and
 * the tunnel to the others.
 *
 * <p>What the kernel has is compared each time, so that what an earlier run left is taken over
 * without a packet lost, and routes that went with a link come back with it. Lives in the network
 * namespace of the thread that opens it; called by one thread.
 */
public final class NodePaths implements AutoCloseable {
  private static final String OWN = "kuber";
  private static final int WHOLE_ADDRESS = 32;

  private final PodNetworkConfig config;
  private final RouteNetlink routes;
  private final PathNetlink paths;
  private final TunnelLink tunnel;

  private NodePaths(PodNetworkConfig config, RouteNetlink routes, PathNetlink paths) {
    this.config = config;
    this.routes = routes;
    this.paths = paths;
    this.tunnel = new TunnelLink(routes, paths, config);
  }

  /** For a node whose pods have their network already; changes nothing yet. */
  public static NodePaths open(Syscalls kernel, PodNetworkConfig config) {
    RouteNetlink routes = RouteNetlink.open(kernel);
    try {
      return new NodePaths(config, routes, PathNetlink.open(kernel));
    } catch (RuntimeException | Error e) {
      routes.close();
      throw e;
    }
  }

  /**
   * Makes the ways lead to these nodes and to no others; costs a few requests where nothing is to
   * change.
   *
   * @throws io.kuber.linux.SyscallException if the kernel refuses; the next call goes on from there
   */
  public void lead(Collection<NodeReach> others) {
    Map<Integer, Link> links =
        routes.links().stream()
            .filter(link -> link.up() && !link.alias().startsWith(OWN))
            .filter(link -> link.index() != RouteNetlink.LOOPBACK)
            .collect(Collectors.toMap(Link::index, Function.identity()));
    NavigableMap<Ipv4, NodePath> planned = PathPlanner.plan(config, lans(links), others);
    Set<Route> wanted = new HashSet<>(direct(planned.values()));
    List<NodePath.Tunnelled> through = tunnelled(planned.values());
    if (through.isEmpty()) {
      tunnel.remove();
    } else {
      int index = tunnel.lead(through, smallest(links.values()));
      through.forEach(path -> wanted.add(route(path.pods(), path.end(), index)));
    }
    change(wanted);
  }

  private List<PathPlanner.Lan> lans(Map<Integer, Link> links) {
    List<PathPlanner.Lan> lans = new ArrayList<>();
    for (Reach own : routes.addresses()) {
      if (links.containsKey(own.link()) && own.prefix() > 0 && own.prefix() < WHOLE_ADDRESS) {
        lans.add(new PathPlanner.Lan(own.link(), block(own)));
      }
    }
    return lans;
  }

  private static Ipv4Block block(Reach own) {
    Ipv4 address = Ipv4.parse(own.address().getHostAddress());
    int mask = -1 << (WHOLE_ADDRESS - own.prefix());
    return new Ipv4Block(new Ipv4(address.bits() & mask), own.prefix());
  }

  /** What travels within packets has to fit whichever link they leave by. */
  private static int smallest(Collection<Link> links) {
    return links.stream().mapToInt(Link::mtu).min().orElse(PodNetworkConfig.ETHERNET_MTU);
  }

  private static List<Route> direct(Collection<NodePath> planned) {
    return planned.stream()
        .filter(NodePath.Direct.class::isInstance)
        .map(NodePath.Direct.class::cast)
        .map(path -> route(path.pods(), path.node(), path.link()))
        .toList();
  }

  private static List<NodePath.Tunnelled> tunnelled(Collection<NodePath> planned) {
    return planned.stream()
        .filter(NodePath.Tunnelled.class::isInstance)
        .map(NodePath.Tunnelled.class::cast)
        .toList();
  }

  private static Route route(Ipv4Block pods, Ipv4 gateway, int link) {
    return new Route(pods.base().inet(), pods.prefix(), gateway.inet(), link);
  }

  /** New ways are there before old ones go. */
  private void change(Set<Route> wanted) {
    Set<Route> present = new HashSet<>(paths.routes());
    wanted.stream().filter(route -> !present.contains(route)).forEach(paths::setRoute);
    Set<Route> now = new HashSet<>(paths.routes());
    now.stream().filter(route -> !wanted.contains(route)).forEach(paths::deleteRoute);
  }

  /** Takes all ways away, and the tunnel. */
  @Override
  public void close() {
    try (routes;
        paths) {
      change(Set.of());
      tunnel.remove();
    }
  }

  /** Takes away what a killed run left in the namespace of the calling thread. */
  public static void reclaim(Syscalls kernel, PodNetworkConfig config) {
    NodePaths.open(kernel, config).close();
  }
}
