package io.kuber.linux;

import java.net.Inet4Address;
import java.nio.ByteBuffer;

/**
 * What the kernel remembers of connections, in one network namespace. Used by one thread at a time.
 */
public final class ConnectionTracking implements AutoCloseable {
  private static final int DELETE = 1 << 8 | 2;
  private static final byte[] IPV4_HEADER = {Uapi.AF_INET, 0, 0, 0};

  private static final int TUPLE_ORIGINAL = 1;
  private static final int TUPLE_REPLY = 2;
  private static final int FILTER = 25;
  private static final int TUPLE_IP = 1;
  private static final int TUPLE_PROTOCOL = 2;
  private static final int IP_SOURCE = 1;
  private static final int IP_DESTINATION = 2;
  private static final int PROTOCOL_NUMBER = 1;
  private static final int PROTOCOL_DESTINATION_PORT = 3;
  private static final int FILTER_ORIGINAL = 1;
  private static final int FILTER_REPLY = 2;
  private static final int BY_SOURCE = 1;
  private static final int BY_DESTINATION = 1 << 1;
  private static final int BY_PROTOCOL = 1 << 3;
  private static final int BY_DESTINATION_PORT = 1 << 5;

  /**
   * Connections to forget.
   *
   * @param destination where clients sent to; 0.0.0.0 for anywhere
   * @param answeredBy where the connection was sent instead
   */
  public record Flows(Inet4Address destination, int protocol, int port, Inet4Address answeredBy) {}

  private final NetlinkSocket socket;

  private ConnectionTracking(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** For the network namespace of the calling thread. */
  public static ConnectionTracking open(Syscalls kernel) {
    return new ConnectionTracking(NetlinkSocket.open(kernel, NetlinkSocket.Subsystem.NETFILTER));
  }

  /**
   * Forgets connections, so that their next packet is a new connection; does nothing if there are
   * none.
   *
   * @throws SyscallException on kernels before 6.8, which cannot choose what to forget
   */
  public void forget(Flows flows) {
    socket.exchange("forget connections " + flows, request(flows));
  }

  static NetlinkWriter request(Flows flows) {
    boolean anywhere = flows.destination().isAnyLocalAddress();
    int byAddress = anywhere ? 0 : BY_DESTINATION;
    return new NetlinkWriter()
        .message(
            DELETE,
            NetlinkWriter.FLAG_ACK,
            IPV4_HEADER,
            m ->
                m.nest(TUPLE_ORIGINAL, tuple -> original(tuple, flows))
                    .nest(TUPLE_REPLY, tuple -> address(tuple, IP_SOURCE, flows.answeredBy()))
                    .nest(
                        FILTER,
                        filter ->
                            filter
                                .u32(FILTER_ORIGINAL, byAddress | BY_PROTOCOL | BY_DESTINATION_PORT)
                                .u32(FILTER_REPLY, BY_SOURCE)));
  }

  private static void original(NetlinkWriter tuple, Flows flows) {
    address(tuple, IP_DESTINATION, flows.destination());
    byte[] port = ByteBuffer.allocate(2).putShort((short) flows.port()).array();
    tuple.nest(
        TUPLE_PROTOCOL,
        protocol ->
            protocol
                .u8(PROTOCOL_NUMBER, flows.protocol())
                .attribute(PROTOCOL_DESTINATION_PORT, port));
  }

  private static void address(NetlinkWriter tuple, int role, Inet4Address address) {
    tuple.nest(TUPLE_IP, ip -> ip.attribute(role, address.getAddress()));
  }

  @Override
  public void close() {
    socket.close();
  }
}
