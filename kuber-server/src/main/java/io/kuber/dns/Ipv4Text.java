package io.kuber.dns;

import io.netty.util.NetUtil;

/** Addresses between text and the four bytes of an A record. */
final class Ipv4Text {
  private Ipv4Text() {}

  static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text);
  }

  static void check(String text) {
    if (!isAddress(text)) {
      throw new IllegalArgumentException(
          "address \"" + text + "\" is not IPv4; cluster DNS serves A records only");
    }
  }

  static byte[] bytes(String address) {
    return NetUtil.createByteArrayFromIpAddressString(address);
  }
}
