package io.kuber.linux;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The requests of rtnetlink, written down: pure, one method a request. Constants are if_link.h's.
 */
final class RouteMessages {
  static final int NEWLINK = 16;
  static final int DELLINK = 17;
  static final int GETLINK = 18;
  static final int SETLINK = 19;
  static final int NEWADDR = 20;
  static final int DELADDR = 21;
  static final int GETADDR = 22;
  static final int NEWROUTE = 24;
  static final int GETROUTE = 26;

  static final int LINK_HEADER_BYTES = 16;
  static final int ADDRESS_HEADER_BYTES = 8;
  static final int ROUTE_HEADER_BYTES = 12;
  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_MASTER = 10;
  static final int IFLA_IFALIAS = 20;
  static final int IFF_UP = 1;

  private static final int IFLA_PROTINFO = 12;
  static final int IFLA_LINKINFO = 18;
  private static final int IFLA_NET_NS_FD = 28;
  static final int IFLA_INFO_KIND = 1;
  static final int IFLA_INFO_DATA = 2;
  private static final int VETH_INFO_PEER = 1;
  private static final int IFLA_BRPORT_MODE = 4;
  private static final int AF_BRIDGE = 7;

  private static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;

  static final int RTA_DST = 1;
  static final int RTA_OIF = 4;
  static final int RTA_GATEWAY = 5;
  static final byte RT_TABLE_MAIN = (byte) 254;
  private static final byte RTPROT_STATIC = 4;
  static final byte RT_SCOPE_UNIVERSE = 0;
  private static final byte RT_SCOPE_LINK = (byte) 253;
  static final byte RTN_UNICAST = 1;

  static final int CREATE =
      NetlinkWriter.FLAG_ACK | NetlinkWriter.FLAG_CREATE | NetlinkWriter.FLAG_EXCLUSIVE;

  static final int REPLACE =
      NetlinkWriter.FLAG_ACK | NetlinkWriter.FLAG_CREATE | NetlinkWriter.FLAG_REPLACE;

  private RouteMessages() {}

  static NetlinkWriter bridge(String name, byte[] mac) {
    return new NetlinkWriter()
        .message(
            NEWLINK,
            CREATE,
            link(0, 0, 0),
            m ->
                m.string(IFLA_IFNAME, name)
                    .attribute(IFLA_ADDRESS, mac)
                    .nest(IFLA_LINKINFO, info -> info.string(IFLA_INFO_KIND, "bridge")));
  }

  /** One request makes both ends: ours up and on the bridge, the other inside its namespace. */
  static NetlinkWriter veth(RouteNetlink.Veth veth, int peerNamespace) {
    return new NetlinkWriter()
        .message(
            NEWLINK,
            CREATE,
            link(0, IFF_UP, IFF_UP),
            m ->
                m.string(IFLA_IFNAME, veth.name())
                    .u32(IFLA_MASTER, veth.master())
                    .u32(IFLA_MTU, veth.mtu())
                    .nest(IFLA_LINKINFO, info -> vethInfo(info, veth, peerNamespace)));
  }

  private static void vethInfo(NetlinkWriter info, RouteNetlink.Veth veth, int peerNamespace) {
    info.string(IFLA_INFO_KIND, "veth")
        .nest(
            IFLA_INFO_DATA,
            data ->
                data.nest(
                    VETH_INFO_PEER,
                    peer ->
                        peer.bytes(link(0, 0, 0))
                            .string(IFLA_IFNAME, veth.peerName())
                            .attribute(IFLA_ADDRESS, veth.peerMac())
                            .u32(IFLA_MTU, veth.mtu())
                            .u32(IFLA_NET_NS_FD, peerNamespace)));
  }

  static NetlinkWriter alias(int index, String text) {
    return new NetlinkWriter()
        .message(
            SETLINK, NetlinkWriter.FLAG_ACK, link(index, 0, 0), m -> m.string(IFLA_IFALIAS, text));
  }

  static NetlinkWriter up(int index) {
    return new NetlinkWriter()
        .message(NEWLINK, NetlinkWriter.FLAG_ACK, link(index, IFF_UP, IFF_UP), m -> {});
  }

  static NetlinkWriter down(int index) {
    return new NetlinkWriter()
        .message(NEWLINK, NetlinkWriter.FLAG_ACK, link(index, 0, IFF_UP), m -> {});
  }

  static NetlinkWriter hairpin(int index) {
    byte[] header = link(index, 0, 0);
    header[0] = AF_BRIDGE;
    return new NetlinkWriter()
        .message(
            SETLINK,
            NetlinkWriter.FLAG_ACK,
            header,
            m -> m.nest(IFLA_PROTINFO, port -> port.u8(IFLA_BRPORT_MODE, 1)));
  }

  static NetlinkWriter delete(int index) {
    return new NetlinkWriter().message(DELLINK, NetlinkWriter.FLAG_ACK, link(index, 0, 0), m -> {});
  }

  static NetlinkWriter links() {
    return new NetlinkWriter().message(GETLINK, NetlinkWriter.FLAG_DUMP, link(0, 0, 0), m -> {});
  }

  static NetlinkWriter link(String name) {
    return new NetlinkWriter()
        .message(GETLINK, NetlinkWriter.FLAG_ACK, link(0, 0, 0), m -> m.string(IFLA_IFNAME, name));
  }

  static NetlinkWriter address(int index, Inet4Address address, int prefix) {
    return address(NEWADDR, CREATE, index, address, prefix);
  }

  static NetlinkWriter deleteAddress(int index, Inet4Address address, int prefix) {
    return address(DELADDR, NetlinkWriter.FLAG_ACK, index, address, prefix);
  }

  private static NetlinkWriter address(
      int type, int flags, int index, Inet4Address address, int prefix) {
    byte[] header = {Uapi.AF_INET, (byte) prefix, 0, 0, 0, 0, 0, 0};
    ByteBuffer.wrap(header).order(ByteOrder.nativeOrder()).putInt(4, index);
    return new NetlinkWriter()
        .message(
            type,
            flags,
            header,
            m ->
                m.attribute(IFA_LOCAL, address.getAddress())
                    .attribute(IFA_ADDRESS, address.getAddress()));
  }

  /** Asks for all addresses of IPv4. */
  static NetlinkWriter addresses() {
    return new NetlinkWriter()
        .message(
            GETADDR,
            NetlinkWriter.FLAG_DUMP,
            new byte[] {Uapi.AF_INET, 0, 0, 0, 0, 0, 0, 0},
            m -> {});
  }

  /** Asks for all routes of IPv4, of all tables. */
  static NetlinkWriter routes() {
    byte[] header = new byte[ROUTE_HEADER_BYTES];
    header[0] = Uapi.AF_INET;
    return new NetlinkWriter().message(GETROUTE, NetlinkWriter.FLAG_DUMP, header, m -> {});
  }

  static NetlinkWriter routeOnLink(Inet4Address destination, int prefix, int index) {
    return new NetlinkWriter()
        .message(
            NEWROUTE,
            CREATE,
            route(prefix, RT_SCOPE_LINK),
            m -> m.attribute(RTA_DST, destination.getAddress()).u32(RTA_OIF, index));
  }

  /** A route; {@code flags} is {@link #CREATE} or {@link #REPLACE}. */
  static NetlinkWriter routeVia(
      int flags, Inet4Address destination, int prefix, Inet4Address gateway, int index) {
    return new NetlinkWriter()
        .message(
            NEWROUTE,
            flags,
            route(prefix, RT_SCOPE_UNIVERSE),
            m ->
                m.attribute(RTA_DST, destination.getAddress())
                    .attribute(RTA_GATEWAY, gateway.getAddress())
                    .u32(RTA_OIF, index));
  }

  private static byte[] route(int prefix, byte scope) {
    return new byte[] {
      Uapi.AF_INET,
      (byte) prefix,
      0,
      0,
      RT_TABLE_MAIN,
      RTPROT_STATIC,
      scope,
      RTN_UNICAST,
      0,
      0,
      0,
      0
    };
  }

  /** {@code struct ifinfomsg}. */
  static byte[] link(int index, int flags, int change) {
    return ByteBuffer.allocate(LINK_HEADER_BYTES)
        .order(ByteOrder.nativeOrder())
        .putInt(4, index)
        .putInt(8, flags)
        .putInt(12, change)
        .array();
  }
}
