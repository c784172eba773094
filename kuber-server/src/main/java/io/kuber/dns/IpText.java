package io.kuber.dns;

import io.netty.util.NetUtil;
import java.util.Optional;

/** Addresses between their text, the bytes of A and AAAA records, and names made of them. */
final class IpText {
  private static final String REVERSE_IPV4 = ".in-addr.arpa";
  private static final String REVERSE_IPV6 = ".ip6.arpa";
  private static final int BYTES_OF_IPV6 = 16;
  private static final int HEX = 16;

  private IpText() {}

  static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
  }

  static void check(String text) {
    if (!isAddress(text)) {
      throw new IllegalArgumentException("\"" + text + "\" is no address");
    }
  }

  /** 4 or 16 bytes of what {@link #isAddress}. */
  static byte[] bytes(String address) {
    return NetUtil.createByteArrayFromIpAddressString(address);
  }

  /** The one text of the many that an address of IPv6 can have. */
  static String canonical(String address) {
    return NetUtil.bytesToIpAddress(bytes(address));
  }

  /** The record type that shows the address. */
  static int type(String address) {
    return address.indexOf(':') < 0 ? DnsType.A : DnsType.AAAA;
  }

  /** An address as one label: {@code 10-1-2-3}, {@code 2001-db8--1}. */
  static String label(String address) {
    return address.replace('.', '-').replace(':', '-');
  }

  /** The address that {@link #label} made a label of. */
  static Optional<String> ofLabel(String label) {
    String ipv4 = label.replace('-', '.');
    String ipv6 = label.replace('-', ':');
    return NetUtil.isValidIpV4Address(ipv4)
        ? Optional.of(ipv4)
        : Optional.of(ipv6).filter(NetUtil::isValidIpV6Address);
  }

  static boolean isReverse(String name) {
    return name.endsWith(REVERSE_IPV4) || name.endsWith(REVERSE_IPV6);
  }

  /** The address whose name is asked for by a name in a reverse domain, canonical. */
  static Optional<String> ofReverse(String name) {
    return name.endsWith(REVERSE_IPV4)
        ? reversedOctets(labels(name, REVERSE_IPV4))
        : reversedNibbles(labels(name, REVERSE_IPV6));
  }

  private static String[] labels(String name, String domain) {
    return name.substring(0, name.length() - domain.length()).split("\\.", -1);
  }

  private static Optional<String> reversedOctets(String[] labels) {
    if (labels.length != 4) {
      return Optional.empty();
    }
    String address = labels[3] + "." + labels[2] + "." + labels[1] + "." + labels[0];
    return Optional.of(address).filter(NetUtil::isValidIpV4Address);
  }

  private static Optional<String> reversedNibbles(String[] labels) {
    if (labels.length != 2 * BYTES_OF_IPV6) {
      return Optional.empty();
    }
    byte[] address = new byte[BYTES_OF_IPV6];
    for (int i = 0; i < labels.length; i++) {
      String label = labels[labels.length - 1 - i];
      int nibble = label.length() == 1 ? Character.digit(label.charAt(0), HEX) : -1;
      if (nibble < 0) {
        return Optional.empty();
      }
      address[i / 2] = (byte) (address[i / 2] << 4 | nibble);
    }
    return Optional.of(NetUtil.bytesToIpAddress(address));
  }
}
