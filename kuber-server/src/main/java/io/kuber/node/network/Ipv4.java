package io.kuber.node.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv4 address as the number it is, so that addresses can be counted and packed.
 *
 * @param bits the four bytes, the first in the highest place
 */
public record Ipv4(int bits) implements Comparable<Ipv4> {
  /**
   * Reads {@code 10.0.0.1}.
   *
   * @throws IllegalArgumentException for anything else, IPv6 included
   */
  public static Ipv4 parse(String text) {
    if (text.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "address " + text + " is IPv6; the node's network is IPv4 only, use an IPv4 address");
    }
    int bits = 0;
    int at = 0;
    for (int part = 0; part < 4; part++) {
      int end = part == 3 ? text.length() : text.indexOf('.', at);
      bits = bits << 8 | octet(text, at, end);
      at = end + 1;
    }
    return new Ipv4(bits);
  }

  /** A number from 0 to 255 without leading zeros, which some programs read as octal. */
  private static int octet(String text, int from, int to) {
    int digits = to - from;
    if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(from) == '0')) {
      throw malformed(text);
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw malformed(text);
      }
      value = 10 * value + digit;
    }
    if (value > 255) {
      throw malformed(text);
    }
    return value;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "address \"" + text + "\" is not an IPv4 address like 10.0.0.1");
  }

  /** The address {@code count} places further. */
  public Ipv4 plus(int count) {
    return new Ipv4(bits + count);
  }

  /** The four bytes as they travel. */
  public byte[] bytes() {
    return new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
  }

  /** The address as Java's sockets want it. */
  public Inet4Address inet() {
    try {
      return (Inet4Address) InetAddress.getByAddress(bytes());
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  @Override
  public int compareTo(Ipv4 other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >> 16 & 0xff)
        + "."
        + (bits >> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }
}
