package io.kuber.linux;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * The requests of rtnetlink about tunnels and the ways through them, written down: pure, one method
 * a request. Constants are those of if_link.h, neighbour.h and rtnetlink.h.
 */
final class PathMessages {
  static final int NEWNEIGH = 28;
  static final int NEIGHBOUR_HEADER_BYTES = 12;
  static final int NDA_DST = 1;

  private static final int DELROUTE = 25;
  private static final int DELNEIGH = 29;
  private static final int GETNEIGH = 30;
  private static final int NDA_LLADDR = 2;
  private static final int NUD_PERMANENT = 0x80;
  private static final int NTF_SELF = 0x2;
  private static final int AF_BRIDGE = 7;
  private static final int IFLA_VXLAN_ID = 1;
  private static final int IFLA_VXLAN_LEARNING = 7;
  private static final int IFLA_VXLAN_PORT = 15;
  private static final int RTNH_F_ONLINK = 4;

  /** Who made a route. The kernel lets programs choose; it is one that rt_protos does not name. */
  private static final byte RTPROT_KUBER = 107;

  private static final int PROTOCOL_AT = 5;

  private PathMessages() {}

  static NetlinkWriter tunnel(PathNetlink.Tunnel tunnel) {
    return new NetlinkWriter()
        .message(
            RouteMessages.NEWLINK,
            RouteMessages.CREATE,
            RouteMessages.link(0, 0, 0),
            m ->
                m.string(RouteMessages.IFLA_IFNAME, tunnel.name())
                    .attribute(RouteMessages.IFLA_ADDRESS, tunnel.mac())
                    .u32(RouteMessages.IFLA_MTU, tunnel.mtu())
                    .nest(RouteMessages.IFLA_LINKINFO, info -> vxlan(info, tunnel)));
  }

  private static void vxlan(NetlinkWriter info, PathNetlink.Tunnel tunnel) {
    byte[] port = {(byte) (tunnel.port() >> 8), (byte) tunnel.port()};
    info.string(RouteMessages.IFLA_INFO_KIND, "vxlan")
        .nest(
            RouteMessages.IFLA_INFO_DATA,
            data ->
                data.u32(IFLA_VXLAN_ID, tunnel.id())
                    .u8(IFLA_VXLAN_LEARNING, 0)
                    .attribute(IFLA_VXLAN_PORT, port));
  }

  static NetlinkWriter mtu(int index, int mtu) {
    return new NetlinkWriter()
        .message(
            RouteMessages.NEWLINK,
            NetlinkWriter.FLAG_ACK,
            RouteMessages.link(index, 0, 0),
            m -> m.u32(RouteMessages.IFLA_MTU, mtu));
  }

  /** Who has an address, as ARP would find out. */
  static NetlinkWriter neighbour(int link, Inet4Address address, byte[] mac) {
    return neighbour(NEWNEIGH, RouteMessages.REPLACE, Uapi.AF_INET, link, 0, owner(address, mac));
  }

  /** Which machine the tunnel carries frames for a hardware address to. */
  static NetlinkWriter carriage(int link, byte[] mac, Inet4Address machine) {
    return neighbour(
        NEWNEIGH, RouteMessages.REPLACE, AF_BRIDGE, link, NTF_SELF, owner(machine, mac));
  }

  static NetlinkWriter noNeighbour(int link, Inet4Address address) {
    return neighbour(
        DELNEIGH,
        NetlinkWriter.FLAG_ACK,
        Uapi.AF_INET,
        link,
        0,
        m -> m.attribute(NDA_DST, address.getAddress()));
  }

  static NetlinkWriter noCarriage(int link, byte[] mac) {
    return neighbour(
        DELNEIGH,
        NetlinkWriter.FLAG_ACK,
        AF_BRIDGE,
        link,
        NTF_SELF,
        m -> m.attribute(NDA_LLADDR, mac));
  }

  private static Consumer<NetlinkWriter> owner(Inet4Address address, byte[] mac) {
    return m -> m.attribute(NDA_DST, address.getAddress()).attribute(NDA_LLADDR, mac);
  }

  static NetlinkWriter neighbours() {
    return neighbour(GETNEIGH, NetlinkWriter.FLAG_DUMP, Uapi.AF_INET, 0, 0, m -> {});
  }

  /** {@code struct ndmsg} and what follows it. */
  private static NetlinkWriter neighbour(
      int type, int flags, int family, int link, int own, Consumer<NetlinkWriter> attributes) {
    byte[] header =
        ByteBuffer.allocate(NEIGHBOUR_HEADER_BYTES)
            .order(ByteOrder.nativeOrder())
            .put((byte) family)
            .putInt(4, link)
            .putShort(8, (short) NUD_PERMANENT)
            .put(10, (byte) own)
            .array();
    return new NetlinkWriter().message(type, flags, header, attributes);
  }

  /** Makes a route through a gateway that the link reaches whatever its own addresses are. */
  static NetlinkWriter route(PathNetlink.Route route) {
    return new NetlinkWriter()
        .message(
            RouteMessages.NEWROUTE,
            RouteMessages.REPLACE,
            header(route),
            m ->
                m.attribute(RouteMessages.RTA_DST, route.destination().getAddress())
                    .attribute(RouteMessages.RTA_GATEWAY, route.gateway().getAddress())
                    .u32(RouteMessages.RTA_OIF, route.link()));
  }

  static NetlinkWriter noRoute(PathNetlink.Route route) {
    return new NetlinkWriter()
        .message(
            DELROUTE,
            NetlinkWriter.FLAG_ACK,
            header(route),
            m ->
                m.attribute(RouteMessages.RTA_DST, route.destination().getAddress())
                    .u32(RouteMessages.RTA_OIF, route.link()));
  }

  private static byte[] header(PathNetlink.Route route) {
    byte[] header = new byte[RouteMessages.ROUTE_HEADER_BYTES];
    header[0] = Uapi.AF_INET;
    header[1] = (byte) route.prefix();
    header[4] = RouteMessages.RT_TABLE_MAIN;
    header[PROTOCOL_AT] = RTPROT_KUBER;
    header[6] = RouteMessages.RT_SCOPE_UNIVERSE;
    header[7] = RouteMessages.RTN_UNICAST;
    ByteBuffer.wrap(header).order(ByteOrder.nativeOrder()).putInt(8, RTNH_F_ONLINK);
    return header;
  }

  /** Whether a route, as the kernel tells it, was made by {@link #route}. */
  static boolean isOurs(NetlinkMessage route) {
    return route.payload()[PROTOCOL_AT] == RTPROT_KUBER;
  }
}
