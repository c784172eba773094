package io.kuber.cel.library;

import com.google.common.net.InetAddresses;
import io.kuber.cel.value.Opaque;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * An internet address.
 *
 * @param inet the address
 */
record Address(InetAddress inet) implements Opaque {
  /** The address a text names; none for IPv4 inside IPv6, zones and leading zeros. */
  static Optional<Address> parse(String text) {
    boolean isMixed = text.indexOf(':') >= 0 && text.indexOf('.') >= 0;
    return text.indexOf('%') < 0 && !isMixed && InetAddresses.isInetAddress(text)
        ? Optional.of(new Address(InetAddresses.forString(text)))
        : Optional.empty();
  }

  @Override
  public String typeName() {
    return "net.IP";
  }

  @Override
  public long costSize() {
    return inet.getAddress().length;
  }

  /** 4 or 6. */
  long family() {
    return inet instanceof Inet4Address ? 4 : 6;
  }

  /** In its canonical form. */
  String text() {
    return InetAddresses.toAddrString(inet);
  }

  boolean isLinkLocalMulticast() {
    byte[] octets = inet.getAddress();
    return octets.length == 4
        ? octets[0] == (byte) 224 && octets[1] == 0 && octets[2] == 0
        : inet.isMCLinkLocal();
  }

  boolean isGlobalUnicast() {
    byte[] octets = inet.getAddress();
    boolean isBroadcast =
        octets.length == 4
            && octets[0] == -1
            && octets[1] == -1
            && octets[2] == -1
            && octets[3] == -1;
    return !isBroadcast
        && !inet.isAnyLocalAddress()
        && !inet.isLoopbackAddress()
        && !inet.isMulticastAddress()
        && !inet.isLinkLocalAddress();
  }
}
