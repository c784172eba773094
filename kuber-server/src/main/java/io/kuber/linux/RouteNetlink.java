package io.kuber.linux;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Links, addresses and routes of one network namespace.
 *
 * <p>Every method is one request; the kernel has done it when the method returns, and {@link
 * SyscallException} carries the kernel's own explanation when it refuses. Used by one thread at a
 * time.
 */
public final class RouteNetlink implements AutoCloseable {
  /** The index of the loopback link in every namespace. */
  public static final int LOOPBACK = 1;

  /**
   * A link.
   *
   * @param master the index of the bridge it is a port of, 0 if none
   * @param mtu the largest packet in bytes
   * @param alias free text somebody attached to it, empty if none
   */
  public record Link(int index, String name, int master, boolean up, int mtu, String alias) {}

  /**
   * A pair of virtual ethernet links to make.
   *
   * @param name of our end, at most 15 bytes
   * @param master the index of the bridge that our end becomes a port of
   * @param peerName of the other end, in its own namespace
   * @param peerMac the other end's hardware address
   */
  @SuppressWarnings("ArrayRecordComponent") // A request is used once and never compared.
  public record Veth(String name, int master, String peerName, byte[] peerMac, int mtu) {}

  /**
   * An address with what is around it, or where a route leads.
   *
   * @param link the index of the link
   * @param prefix how many bits all of them share; 32 for the address alone
   */
  public record Reach(int link, Inet4Address address, int prefix) {}

  private final Syscalls kernel;
  private final NetlinkSocket socket;

  private RouteNetlink(Syscalls kernel, NetlinkSocket socket) {
    this.kernel = kernel;
    this.socket = socket;
  }

  /** For the network namespace of the calling thread. */
  public static RouteNetlink open(Syscalls kernel) {
    return new RouteNetlink(kernel, NetlinkSocket.open(kernel, NetlinkSocket.Subsystem.ROUTE));
  }

  /** For the network namespace that {@code namespace} names. */
  public static RouteNetlink openIn(Syscalls kernel, Path namespace) {
    return new RouteNetlink(
        kernel, NetlinkSocket.openIn(kernel, NetlinkSocket.Subsystem.ROUTE, namespace));
  }

  /** Makes a bridge, down, with a hardware address that stays whatever ports come and go. */
  public void addBridge(String name, byte[] mac) {
    socket.exchange("add bridge " + name, RouteMessages.bridge(name, mac));
  }

  /** Makes a pair of links whose other end is in the namespace that {@code namespace} names. */
  public void addVeth(Veth veth, Path namespace) {
    int descriptor = kernel.open(namespace.toString(), Uapi.O_RDONLY, 0);
    try {
      String what = "add veth " + veth.name() + " with peer in " + namespace;
      socket.exchange(what, RouteMessages.veth(veth, descriptor));
    } finally {
      kernel.close(descriptor);
    }
  }

  /** Attaches free text, at most 255 bytes, to a link. */
  public void alias(int index, String text) {
    socket.exchange("set alias of link " + index, RouteMessages.alias(index, text));
  }

  public void up(int index) {
    socket.exchange("set link " + index + " up", RouteMessages.up(index));
  }

  public void down(int index) {
    socket.exchange("set link " + index + " down", RouteMessages.down(index));
  }

  /** Lets a port of a bridge send frames back where they came from. */
  public void hairpin(int index) {
    socket.exchange("set hairpin mode of link " + index, RouteMessages.hairpin(index));
  }

  /**
   * Takes a link away. One that is gone already counts as done: a pod's link goes with its
   * namespace, at a moment of the kernel's own choosing.
   */
  public void delete(int index) {
    try {
      socket.exchange("delete link " + index, RouteMessages.delete(index));
    } catch (SyscallException e) {
      if (!e.is(Errno.ENODEV)) {
        throw e;
      }
    }
  }

  /** Gives a link an address and the route to the addresses around it. */
  public void addAddress(int index, Inet4Address address, int prefix) {
    String what = "add address " + text(address, prefix) + " to link " + index;
    socket.exchange(what, RouteMessages.address(index, address, prefix));
  }

  public void deleteAddress(int index, Inet4Address address, int prefix) {
    String what = "delete address " + text(address, prefix) + " of link " + index;
    socket.exchange(what, RouteMessages.deleteAddress(index, address, prefix));
  }

  /** Adds a route to neighbours that the link reaches without a gateway. */
  public void addRoute(Inet4Address destination, int prefix, int index) {
    String what = "add route " + text(destination, prefix) + " on link " + index;
    socket.exchange(what, RouteMessages.routeOnLink(destination, prefix, index));
  }

  /** Adds a route through a gateway. */
  public void addRoute(Inet4Address destination, int prefix, Inet4Address gateway, int index) {
    String what = "add route " + text(destination, prefix) + " via " + gateway.getHostAddress();
    socket.exchange(
        what, RouteMessages.routeVia(RouteMessages.CREATE, destination, prefix, gateway, index));
  }

  /** Makes the route through a gateway the one to these addresses, whatever there was before. */
  public void setRoute(Inet4Address destination, int prefix, Inet4Address gateway, int index) {
    String what = "set route " + text(destination, prefix) + " via " + gateway.getHostAddress();
    socket.exchange(
        what, RouteMessages.routeVia(RouteMessages.REPLACE, destination, prefix, gateway, index));
  }

  /** All links of the namespace. */
  public List<Link> links() {
    return socket.exchange("list links", RouteMessages.links()).stream()
        .filter(message -> message.type() == RouteMessages.NEWLINK)
        .map(RouteNetlink::link)
        .toList();
  }

  public Optional<Link> link(String name) {
    try {
      return socket.exchange("find link " + name, RouteMessages.link(name)).stream()
          .map(RouteNetlink::link)
          .findFirst();
    } catch (SyscallException e) {
      if (e.is(Errno.ENODEV)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Link link(NetlinkMessage message) {
    Map<Integer, byte[]> attributes = message.attributes(RouteMessages.LINK_HEADER_BYTES);
    int index = message.int32(4);
    boolean up = (message.int32(8) & RouteMessages.IFF_UP) != 0;
    byte[] none = {};
    byte[] master = attributes.getOrDefault(RouteMessages.IFLA_MASTER, none);
    return new Link(
        index,
        NetlinkMessage.text(attributes.getOrDefault(RouteMessages.IFLA_IFNAME, none)),
        NetlinkMessage.number(master),
        up,
        NetlinkMessage.number(attributes.getOrDefault(RouteMessages.IFLA_MTU, none)),
        NetlinkMessage.text(attributes.getOrDefault(RouteMessages.IFLA_IFALIAS, none)));
  }

  /** All addresses of IPv4 that the namespace has. */
  public List<Reach> addresses() {
    return socket.exchange("list addresses", RouteMessages.addresses()).stream()
        .filter(message -> message.type() == RouteMessages.NEWADDR)
        .map(RouteNetlink::address)
        .toList();
  }

  private static Reach address(NetlinkMessage message) {
    Map<Integer, byte[]> attributes = message.attributes(RouteMessages.ADDRESS_HEADER_BYTES);
    return new Reach(
        message.int32(4),
        inet(attributes.get(RouteMessages.IFA_LOCAL)),
        Byte.toUnsignedInt(message.payload()[1]));
  }

  /**
   * All routes of IPv4 that the main table has, but for those without a link and those of {@link
   * PathNetlink}.
   */
  public List<Reach> routes() {
    return socket.exchange("list routes", RouteMessages.routes()).stream()
        .filter(message -> message.type() == RouteMessages.NEWROUTE)
        .filter(message -> message.payload()[4] == RouteMessages.RT_TABLE_MAIN)
        .filter(message -> !PathMessages.isOurs(message))
        .map(RouteNetlink::route)
        .filter(route -> route.link() != 0)
        .toList();
  }

  private static Reach route(NetlinkMessage message) {
    Map<Integer, byte[]> attributes = message.attributes(RouteMessages.ROUTE_HEADER_BYTES);
    return new Reach(
        NetlinkMessage.number(attributes.getOrDefault(RouteMessages.RTA_OIF, new byte[0])),
        inet(attributes.get(RouteMessages.RTA_DST)),
        Byte.toUnsignedInt(message.payload()[1]));
  }

  /** What is not there stands for every address. */
  static Inet4Address inet(byte @Nullable [] address) {
    return InetAddresses.fromInteger(
        address == null ? 0 : ByteBuffer.wrap(address).order(ByteOrder.BIG_ENDIAN).getInt());
  }

  private static String text(Inet4Address address, int prefix) {
    return address.getHostAddress() + "/" + prefix;
  }

  @Override
  public void close() {
    socket.close();
  }
}
