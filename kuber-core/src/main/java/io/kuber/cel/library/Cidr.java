package io.kuber.cel.library;

import com.google.common.net.InetAddresses;
import io.kuber.cel.value.Opaque;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A block of addresses.
 *
 * @param address one of the block
 * @param prefix how many leading bits all of them share
 */
record Cidr(Address address, int prefix) implements Opaque {
  /** The block a text such as {@code 10.0.0.0/8} names. */
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(text.substring(slash + 1));
    return Address.parse(text.substring(0, slash))
        .filter(address -> prefix <= address.costSize() * Byte.SIZE)
        .map(address -> new Cidr(address, prefix));
  }

  @Override
  public String typeName() {
    return "net.CIDR";
  }

  @Override
  public long costSize() {
    return ((long) prefix + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Whether an address is one of the block. */
  boolean contains(Address other) {
    byte[] mine = masked(address.inet().getAddress());
    byte[] its = other.inet().getAddress();
    return mine.length == its.length && Arrays.equals(mine, masked(its));
  }

  /** Whether all of another block is in this one. */
  boolean contains(Cidr other) {
    return prefix <= other.prefix && contains(other.address);
  }

  /** The block with its first address. */
  Cidr masked() {
    try {
      byte[] first = masked(address.inet().getAddress());
      return new Cidr(new Address(InetAddress.getByAddress(first)), prefix);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address lost its length", impossible);
    }
  }

  /** As it is written. */
  String text() {
    return InetAddresses.toAddrString(address.inet()) + "/" + prefix;
  }

  private byte[] masked(byte[] octets) {
    byte[] masked = octets.clone();
    for (int i = 0; i < masked.length; i++) {
      int bits = Math.max(0, Math.min(Byte.SIZE, prefix - i * Byte.SIZE));
      masked[i] &= (byte) (0xff << (Byte.SIZE - bits));
    }
    return masked;
  }
}
