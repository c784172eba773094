package io.kuber.linux;

import java.net.Inet4Address;
import java.util.List;
import java.util.Map;

/**
 * Tunnels of one network namespace and the ways to other machines, through them or beside them.
 *
 * <p>Every method is one request, as in {@link RouteNetlink}. Routes made here are marked as
 * kuber's in the kernel, and only those are seen here. Used by one thread at a time.
 */
public final class PathNetlink implements AutoCloseable {
  /**
   * A vxlan link to make: it learns nothing, and carries frames only where it was told to.
   *
   * @param name at most 15 bytes
   * @param id tells tunnels of the same port from each other, 24 bits
   * @param port of UDP, at all machines alike
   */
  @SuppressWarnings("ArrayRecordComponent") // A request is used once and never compared.
  public record Tunnel(String name, byte[] mac, int mtu, int id, int port) {}

  /**
   * A route through a gateway.
   *
   * @param link by whose index the gateway is reached, whatever addresses the link has
   */
  public record Route(Inet4Address destination, int prefix, Inet4Address gateway, int link) {
    private String text() {
      return destination.getHostAddress() + "/" + prefix + " via " + gateway.getHostAddress();
    }
  }

  private final NetlinkSocket socket;

  private PathNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** For the network namespace of the calling thread. */
  public static PathNetlink open(Syscalls kernel) {
    return new PathNetlink(NetlinkSocket.open(kernel, NetlinkSocket.Subsystem.ROUTE));
  }

  /** Makes a tunnel, down. */
  public void addTunnel(Tunnel tunnel) {
    socket.exchange("add vxlan link " + tunnel.name(), PathMessages.tunnel(tunnel));
  }

  /** Sets the largest packet of a link. */
  public void mtu(int link, int bytes) {
    socket.exchange("set mtu of link " + link, PathMessages.mtu(link, bytes));
  }

  /**
   * Tells a tunnel where a neighbour is, whatever it was told before.
   *
   * @param address of the neighbour inside of the tunnel
   * @param machine to which frames for {@code mac} are carried
   */
  public void setNeighbour(int tunnel, Inet4Address address, byte[] mac, Inet4Address machine) {
    String what = "lead " + address.getHostAddress() + " to " + machine.getHostAddress();
    socket.exchange(what, PathMessages.carriage(tunnel, mac, machine));
    socket.exchange(what, PathMessages.neighbour(tunnel, address, mac));
  }

  /** Makes a tunnel forget a neighbour, if it knows it. */
  public void deleteNeighbour(int tunnel, Inet4Address address, byte[] mac) {
    String what = "forget neighbour " + address.getHostAddress();
    unlessGone(what, PathMessages.noNeighbour(tunnel, address));
    unlessGone(what, PathMessages.noCarriage(tunnel, mac));
  }

  private void unlessGone(String what, NetlinkWriter request) {
    try {
      socket.exchange(what, request);
    } catch (SyscallException e) {
      if (!e.is(Errno.ENOENT) && !e.is(Errno.ESRCH)) {
        throw e;
      }
    }
  }

  /** The addresses of all neighbours that a link was told of or has found. */
  public List<Inet4Address> neighbours(int link) {
    return socket.exchange("list neighbours", PathMessages.neighbours()).stream()
        .filter(message -> message.type() == PathMessages.NEWNEIGH && message.int32(4) == link)
        .map(message -> message.attributes(PathMessages.NEIGHBOUR_HEADER_BYTES))
        .filter(attributes -> attributes.containsKey(PathMessages.NDA_DST))
        .map(attributes -> RouteNetlink.inet(attributes.get(PathMessages.NDA_DST)))
        .toList();
  }

  /** Makes this the route to its destination, whatever there was before. */
  public void setRoute(Route route) {
    socket.exchange("set route " + route.text(), PathMessages.route(route));
  }

  /** Takes a route away, if it is there. */
  public void deleteRoute(Route route) {
    unlessGone("delete route " + route.text(), PathMessages.noRoute(route));
  }

  /** The routes that {@link #setRoute} has made, in this run or an earlier one. */
  public List<Route> routes() {
    return socket.exchange("list routes", RouteMessages.routes()).stream()
        .filter(message -> message.type() == RouteMessages.NEWROUTE)
        .filter(PathMessages::isOurs)
        .map(PathNetlink::route)
        .toList();
  }

  private static Route route(NetlinkMessage message) {
    Map<Integer, byte[]> attributes = message.attributes(RouteMessages.ROUTE_HEADER_BYTES);
    return new Route(
        RouteNetlink.inet(attributes.get(RouteMessages.RTA_DST)),
        Byte.toUnsignedInt(message.payload()[1]),
        RouteNetlink.inet(attributes.get(RouteMessages.RTA_GATEWAY)),
        NetlinkMessage.number(attributes.getOrDefault(RouteMessages.RTA_OIF, new byte[0])));
  }

  @Override
  public void close() {
    socket.close();
  }
}
