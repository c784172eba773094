package io.kuber.api;

import java.util.Arrays;

/**
 * How long many things took: counts in classes that are 9 % wide, so that any number of them takes
 * the same memory. Immutable.
 */
public final class Latencies {
  /** Classes per power of two. */
  private static final int STEPS = 8;

  private static final int STEP_BITS = 3;

  /** How many classes there are. */
  static final int CLASSES = Long.SIZE * STEPS;

  /** Of nothing. */
  public static final Latencies NONE = new Latencies(new long[CLASSES]);

  private final long[] counts;

  Latencies(long[] counts) {
    this.counts = counts;
  }

  /** The class of a time. */
  static int place(long nanos) {
    long positive = Math.max(1, nanos);
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(positive);
    int shift = Math.max(0, power - STEP_BITS);
    return power * STEPS + (int) ((positive >>> shift) & (STEPS - 1));
  }

  private static double upperBound(int place) {
    int power = place / STEPS;
    int shift = Math.max(0, power - STEP_BITS);
    long step = place % STEPS;
    return power < STEP_BITS ? step : (double) (((STEPS | step) + 1) << shift);
  }

  /** How many there are. */
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /** Those of both. */
  public Latencies plus(Latencies other) {
    long[] sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.counts[i];
    }
    return new Latencies(sum);
  }

  /** Those that came after an earlier reading of the same. */
  public Latencies since(Latencies earlier) {
    long[] rest = counts.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= earlier.counts[i];
    }
    return new Latencies(rest);
  }

  /** The time in seconds within which {@code percent} of all were done; 0 of none. */
  public double seconds(double percent) {
    long count = count();
    long left = Math.max(1, (long) Math.ceil(count * percent / 100));
    for (int i = 0; i < counts.length && count > 0; i++) {
      left -= counts[i];
      if (left <= 0) {
        return upperBound(i) / 1e9;
      }
    }
    return 0;
  }
}
