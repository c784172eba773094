package io.kuber.node.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A set of addresses, as ranges: two sets of the same addresses are equal however they were made.
 *
 * @param ranges sorted, with at least one address between two of them
 */
public record AddressRanges(List<Range> ranges) {
  public static final AddressRanges NONE = new AddressRanges(List.of());
  public static final AddressRanges ALL =
      new AddressRanges(List.of(new Range(new Ipv4(0), new Ipv4(-1))));

  private static final int ADDRESS_BITS = 32;

  /** All addresses from the first to the last, both included. */
  public record Range(Ipv4 first, Ipv4 last) {
    public Range {
      if (first.compareTo(last) > 0) {
        throw new IllegalArgumentException("a range from " + first + " to " + last + " is empty");
      }
    }

    private boolean touches(Range next) {
      return last.bits() == -1 || next.first.compareTo(last.plus(1)) <= 0;
    }
  }

  public AddressRanges {
    ranges = List.copyOf(ranges);
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i - 1).touches(ranges.get(i))) {
        throw new IllegalArgumentException("ranges touch each other or are not sorted: " + ranges);
      }
    }
  }

  /** The addresses of ranges that may overlap, in any order. */
  public static AddressRanges of(Collection<Range> parts) {
    List<Range> joined = new ArrayList<>();
    for (Range part : parts.stream().sorted(Comparator.comparing(Range::first)).toList()) {
      int end = joined.size() - 1;
      if (end >= 0 && joined.get(end).touches(part)) {
        Range before = joined.get(end);
        Ipv4 last = before.last.compareTo(part.last) < 0 ? part.last : before.last;
        joined.set(end, new Range(before.first, last));
      } else {
        joined.add(part);
      }
    }
    return new AddressRanges(joined);
  }

  public static AddressRanges ofAddresses(Collection<Ipv4> addresses) {
    return of(addresses.stream().map(address -> new Range(address, address)).toList());
  }

  /**
   * The addresses of a block such as {@code 10.0.0.0/8}, as the API writes it: bits behind the
   * prefix count for nothing, and {@code /0} is every address. A block of IPv6 has none.
   *
   * @throws IllegalArgumentException if it is no block
   */
  public static AddressRanges ofBlock(String text) {
    if (text.indexOf(':') >= 0) {
      return NONE;
    }
    int slash = text.indexOf('/');
    String prefix = text.substring(slash + 1);
    if (slash < 0 || !prefix.matches("[0-9]{1,2}") || Integer.parseInt(prefix) > ADDRESS_BITS) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a block of addresses like 10.0.0.0/8");
    }
    int others = (int) (-1L >>> ADDRESS_BITS >>> Integer.parseInt(prefix));
    int base = Ipv4.parse(text.substring(0, slash)).bits() & ~others;
    return new AddressRanges(List.of(new Range(new Ipv4(base), new Ipv4(base | others))));
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public boolean contains(Ipv4 address) {
    return ranges.stream()
        .anyMatch(r -> r.first.compareTo(address) <= 0 && address.compareTo(r.last) <= 0);
  }

  /** The addresses of both. */
  public AddressRanges plus(AddressRanges others) {
    List<Range> both = new ArrayList<>(ranges);
    both.addAll(others.ranges);
    return of(both);
  }

  /** The addresses that the other set does not have. */
  public AddressRanges minus(AddressRanges others) {
    List<Range> left = ranges;
    for (Range hole : others.ranges) {
      left = left.stream().flatMap(range -> without(range, hole).stream()).toList();
    }
    return new AddressRanges(left);
  }

  private static List<Range> without(Range range, Range hole) {
    if (hole.last.compareTo(range.first) < 0 || range.last.compareTo(hole.first) < 0) {
      return List.of(range);
    }
    List<Range> rest = new ArrayList<>(2);
    if (range.first.compareTo(hole.first) < 0) {
      rest.add(new Range(range.first, hole.first.plus(-1)));
    }
    if (hole.last.compareTo(range.last) < 0) {
      rest.add(new Range(hole.last.plus(1), range.last));
    }
    return rest;
  }
}
