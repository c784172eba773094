package io.kuber.resource;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of IPv4 addresses that a cluster gives to its own, such as {@code 10.96.0.0/12}.
 *
 * @param base the first address
 * @param prefix how many leading bits all addresses share
 */
public record AddressRange(int base, int prefix) {
  private static final int BITS = 32;

  /** Those of Services where nobody chooses others. */
  public static final AddressRange SERVICES = parse("10.96.0.0/12");

  /** Those of pods where nobody chooses others. */
  public static final AddressRange PODS = parse("10.244.0.0/16");

  /** Checks that the block begins with its first address. */
  public AddressRange {
    if (prefix < 1 || prefix > BITS) {
      throw new IllegalArgumentException("prefix /" + prefix + " is not between /1 and /32");
    }
    if ((base & ~mask(prefix)) != 0) {
      throw new IllegalArgumentException(
          text(base)
              + "/"
              + prefix
              + " has bits behind the prefix; write "
              + text(base & mask(prefix))
              + "/"
              + prefix);
    }
  }

  /**
   * Reads a block.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String first = text.substring(0, Math.max(0, slash));
    String bits = text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,2}")
        || !InetAddresses.isInetAddress(first)
        || !(InetAddresses.forString(first) instanceof Inet4Address)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no block of IPv4 addresses like 10.96.0.0/12");
    }
    return new AddressRange(number(InetAddresses.forString(first)), Integer.parseInt(bits));
  }

  /** Reads a block; empty when the text is none of IPv4. */
  public static Optional<AddressRange> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static int number(InetAddress address) {
    return InetAddresses.coerceToInteger(address);
  }

  private static int mask(int bits) {
    return -1 << (BITS - bits);
  }

  private static String text(int address) {
    return InetAddresses.fromInteger(address).getHostAddress();
  }

  /** How many addresses there are. */
  public long size() {
    return 1L << (BITS - prefix);
  }

  /** One of the addresses, counted from 0, which is the block's first. */
  public String at(int offset) {
    if (offset < 0 || offset >= size()) {
      throw new IllegalArgumentException(this + " has no address number " + offset);
    }
    return text(base + offset);
  }

  /** Whether an address lies here; not if it is of another family. */
  public boolean contains(InetAddress address) {
    return address instanceof Inet4Address && (number(address) & mask(prefix)) == base;
  }

  /** Whether the blocks have addresses in common. */
  public boolean overlaps(AddressRange other) {
    int shared = mask(Math.min(prefix, other.prefix));
    return (base & shared) == (other.base & shared);
  }

  /** One of the blocks of a longer prefix that this consists of, counted from 0. */
  public AddressRange part(int longer, int number) {
    if (longer < prefix || number < 0 || number >= 1L << (longer - prefix)) {
      throw new IllegalArgumentException(this + " has no part /" + longer + " number " + number);
    }
    return new AddressRange(base + (number << (BITS - longer)), longer);
  }

  @Override
  public String toString() {
    return text(base) + "/" + prefix;
  }
}
