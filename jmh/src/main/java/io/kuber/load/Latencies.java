package io.kuber.load;

/**
 * How long things took: counts in classes that are 3 % wide, so that any number of measurements
 * takes the same memory. Owned by one thread until it is merged.
 */
public final class Latencies {
  /** Classes per power of two. */
  private static final int STEPS = 32;

  private static final int STEP_BITS = 5;

  private final long[] counts = new long[Long.SIZE * STEPS];
  private long count;

  /** Counts one. */
  public void add(long nanos) {
    counts[place(Math.max(1, nanos))]++;
    count++;
  }

  /** Counts all of another. */
  public void add(Latencies other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
  }

  /** How many were counted. */
  public long count() {
    return count;
  }

  /** The time in nanoseconds within which {@code percent} of all were done; 0 of none. */
  public double percentile(double percent) {
    long left = (long) Math.ceil(count * percent / 100);
    for (int i = 0; i < counts.length; i++) {
      left -= counts[i];
      if (left <= 0 && count > 0) {
        return upperBound(i);
      }
    }
    return 0;
  }

  private static int place(long nanos) {
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int shift = Math.max(0, power - STEP_BITS);
    return power * STEPS + (int) ((nanos >>> shift) & (STEPS - 1));
  }

  private static double upperBound(int place) {
    int power = place / STEPS;
    int shift = Math.max(0, power - STEP_BITS);
    long step = place % STEPS;
    return power < STEP_BITS ? step : (double) (((STEPS | step) + 1) << shift);
  }
}
