package io.kuber.boot;

import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.Optional;

/** The address under which other machines, and pods, reach this one. */
public final class HostAddress {
  private static final String LOOPBACK = "127.0.0.1";

  /** An address that is nobody's, for documents (RFC 5737). */
  private static final String ELSEWHERE = "192.0.2.1";

  private static final int ANY_PORT = 53;

  private HostAddress() {}

  /** The first IPv4 address of an interface that is up, and the loopback address without any. */
  public static String find() throws SocketException {
    for (NetworkInterface link : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(link.getInetAddresses())) {
        if (leadsHere(address) && link.isUp() && !link.getName().startsWith("kuber")) {
          return address.getHostAddress();
        }
      }
    }
    return LOOPBACK;
  }

  /**
   * The IPv4 address with which this machine, as the calling thread sees it, would leave to others;
   * none without a route. Nothing is sent to find out.
   */
  static Optional<String> towardsOthers() {
    return towards(ELSEWHERE);
  }

  /** The same on the way to a certain machine. */
  static Optional<String> towards(String host) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(host, ANY_PORT));
      InetAddress local = socket.getLocalAddress();
      return local instanceof Inet4Address && !local.isAnyLocalAddress()
          ? Optional.of(local.getHostAddress())
          : Optional.empty();
    } catch (SocketException | UncheckedIOException noRoute) {
      return Optional.empty();
    }
  }

  private static boolean leadsHere(InetAddress address) {
    return address instanceof Inet4Address
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress();
  }
}
