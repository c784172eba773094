package io.kuber.boot;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;

/** The address under which other machines, and pods, reach this one. */
public final class HostAddress {
  private static final String LOOPBACK = "127.0.0.1";

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

  private static boolean leadsHere(InetAddress address) {
    return address instanceof Inet4Address
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress();
  }
}
