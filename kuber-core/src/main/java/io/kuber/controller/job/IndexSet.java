package io.kuber.controller.job;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Completion indexes, as ranges: a job may have a hundred thousand of them.
 *
 * @param ranges each closed below and open above, none touching another
 */
record IndexSet(ImmutableRangeSet<Long> ranges) {
  /** No index. */
  static final IndexSet EMPTY = new IndexSet(ImmutableRangeSet.of());

  /** Reads {@code 0,3-5}; what is not below {@code bound}, or cannot be read, is left out. */
  static IndexSet parse(String text, long bound) {
    RangeSet<Long> ranges = TreeRangeSet.create();
    for (String interval : text.split(",", -1)) {
      String[] ends = interval.split("-", 2);
      Long first = Longs.tryParse(ends[0]);
      Long last = ends.length == 1 ? first : Longs.tryParse(ends[1]);
      if (first != null && last != null && first <= last && first < bound) {
        ranges.add(Range.closedOpen(first, Math.min(last + 1, bound)));
      }
    }
    return new IndexSet(ImmutableRangeSet.copyOf(ranges));
  }

  /** The given indexes. */
  static IndexSet of(Collection<Long> indexes) {
    RangeSet<Long> ranges = TreeRangeSet.create();
    indexes.forEach(index -> ranges.add(Range.closedOpen(index, index + 1)));
    return new IndexSet(ImmutableRangeSet.copyOf(ranges));
  }

  /** The indexes that are in this set or the other. */
  IndexSet or(IndexSet other) {
    return new IndexSet(ranges.union(other.ranges));
  }

  /** The indexes that are in this set and the other. */
  IndexSet and(IndexSet other) {
    return new IndexSet(ranges.intersection(other.ranges));
  }

  boolean has(long index) {
    return ranges.contains(index);
  }

  long size() {
    return ranges.asRanges().stream()
        .mapToLong(range -> range.upperEndpoint() - range.lowerEndpoint())
        .sum();
  }

  /** The lowest indexes below {@code bound} that are not in this set, at most {@code count}. */
  List<Long> lowestMissing(long count, long bound) {
    List<Long> missing = new ArrayList<>();
    if (bound <= 0) {
      return missing;
    }
    for (Range<Long> gap :
        ranges.complement().subRangeSet(Range.closedOpen(0L, bound)).asRanges()) {
      for (long index : ContiguousSet.create(gap, DiscreteDomain.longs())) {
        if (missing.size() >= count) {
          return missing;
        }
        missing.add(index);
      }
    }
    return missing;
  }

  /** The text form of {@code status.completedIndexes}: two neighbours are listed, more a range. */
  @Override
  public String toString() {
    return ranges.asRanges().stream().flatMap(IndexSet::text).collect(Collectors.joining(","));
  }

  private static Stream<String> text(Range<Long> range) {
    long first = range.lowerEndpoint();
    long last = range.upperEndpoint() - 1;
    if (last - first > 1) {
      return Stream.of(first + "-" + last);
    }
    return first == last
        ? Stream.of(Long.toString(first))
        : Stream.of(Long.toString(first), Long.toString(last));
  }
}
