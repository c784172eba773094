package io.kuber.controller.servicelb;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The addresses that Services of type LoadBalancer can get, of IPv4, from the lowest on.
 *
 * @param ranges without overlap, in ascending order
 */
public record BalancerPool(List<Range> ranges) {
  /** Nobody gets any. */
  public static final BalancerPool NONE = new BalancerPool(List.of());

  /** As many as a block with the prefix /16 has. */
  static final int MOST = 65_536;

  private static final String FORM =
      " is neither a block such as 192.168.1.240/28, nor a range such as 192.168.1.240-192.168.1.250,"
          + " nor an address of IPv4";

  private static final int BITS = 32;

  /** Blocks that are larger have an address of the network itself, and one of everybody in it. */
  private static final int SMALLEST_NETWORK = 30;

  private static final long FIRST_MULTICAST = number("224.0.0.0");

  /** Copies the ranges. */
  public BalancerPool {
    ranges = List.copyOf(ranges);
  }

  /** All addresses from the first to the last, both included, as unsigned numbers. */
  public record Range(long first, long last) {
    boolean contains(long address) {
      return first <= address && address <= last;
    }

    @Override
    public String toString() {
      return first == last ? text(first) : text(first) + "-" + text(last);
    }
  }

  /**
   * Reads {@code 192.168.1.240/28,10.0.0.5-10.0.0.9,10.0.0.20}. Of a block, its first and its last
   * address are left out, which mean the network and everybody in it; a range has all.
   *
   * @throws IllegalArgumentException if it is not of this form, or no host can have such addresses;
   *     the message says what is wrong with which part
   */
  public static BalancerPool parse(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Range range = range(part.strip());
      for (Range other : ranges) {
        if (range.first <= other.last && other.first <= range.last) {
          throw new IllegalArgumentException(part.strip() + " overlaps with " + other);
        }
      }
      ranges.add(range);
    }
    ranges.sort((a, b) -> Long.compare(a.first, b.first));
    BalancerPool pool = new BalancerPool(ranges);
    if (pool.size() > MOST) {
      throw new IllegalArgumentException(
          "%,d addresses are more than %,d".formatted(pool.size(), MOST));
    }
    return pool;
  }

  private static Range range(String part) {
    Range range = part.contains("/") ? block(part) : fromTo(part);
    boolean isOfHosts =
        range.first > number("0.255.255.255")
            && range.last < FIRST_MULTICAST
            && !(range.first <= number("127.255.255.255") && range.last >= number("127.0.0.0"));
    if (!isOfHosts) {
      throw new IllegalArgumentException(
          part + " has addresses that no other machine can reach (0.x, 127.x, or 224.x and above)");
    }
    return range;
  }

  private static Range block(String part) {
    int slash = part.indexOf('/');
    String bits = part.substring(slash + 1);
    int prefix = bits.matches("\\d{1,2}") ? Integer.parseInt(bits) : BITS + 1;
    if (prefix > BITS) {
      throw new IllegalArgumentException("\"" + part + "\"" + FORM);
    }
    long base = number(part.substring(0, slash), part);
    long size = 1L << (BITS - prefix);
    if (base % size != 0) {
      throw new IllegalArgumentException(
          part + " begins within a block; the block is " + text(base - base % size) + "/" + prefix);
    }
    int left = prefix <= SMALLEST_NETWORK ? 1 : 0;
    return new Range(base + left, base + size - 1 - left);
  }

  private static Range fromTo(String part) {
    int dash = part.indexOf('-');
    long first = number(dash < 0 ? part : part.substring(0, dash), part);
    long last = dash < 0 ? first : number(part.substring(dash + 1), part);
    if (last < first) {
      throw new IllegalArgumentException(part + " ends before it begins");
    }
    return new Range(first, last);
  }

  private static long number(String address, String part) {
    String bare = address.strip();
    if (!InetAddresses.isInetAddress(bare)
        || !(InetAddresses.forString(bare) instanceof Inet4Address)) {
      throw new IllegalArgumentException("\"" + part + "\"" + FORM);
    }
    return number(bare);
  }

  /** An address of IPv4 as an unsigned number. */
  private static long number(String address) {
    return Integer.toUnsignedLong(InetAddresses.coerceToInteger(InetAddresses.forString(address)));
  }

  private static String text(long address) {
    return InetAddresses.toAddrString(InetAddresses.fromInteger((int) address));
  }

  /** Whether nobody gets any. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** How many there are. */
  public long size() {
    return ranges.stream().mapToLong(range -> range.last - range.first + 1).sum();
  }

  /** Whether the address is one of them; what is no address of IPv4 is not. */
  public boolean contains(String address) {
    if (!InetAddresses.isInetAddress(address)
        || !(InetAddresses.forString(address) instanceof Inet4Address)) {
      return false;
    }
    long number = number(address);
    return ranges.stream().anyMatch(range -> range.contains(number));
  }

  /** Whether one of them lies between the first and the last of others, however many those are. */
  public boolean overlaps(Range others) {
    return ranges.stream()
        .anyMatch(range -> range.first <= others.last && others.first <= range.last);
  }

  /** All of them, from the lowest on. */
  Stream<String> addresses() {
    return ranges.stream()
        .flatMapToLong(range -> LongStream.rangeClosed(range.first, range.last))
        .mapToObj(BalancerPool::text);
  }

  @Override
  public String toString() {
    return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
  }
}
