package io.kuber.testkit.chaos;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Draws from a seed whether a fault strikes. The draw depends on the seed, on what is asked, and on
 * how often that was asked before, so that threads that overtake each other draw the same. For any
 * thread.
 */
final class Luck {
  /** Requests that are alike count together, and a few by accident, which does no harm. */
  private static final int COUNTERS = 1 << 14;

  private static final double WHOLE = 1L << 53;

  private final long seed;
  private final AtomicIntegerArray counts = new AtomicIntegerArray(COUNTERS);

  Luck(long seed) {
    this.seed = seed;
  }

  boolean strikes(int injection, Asked asked, double rate) {
    if (rate >= 1) {
      return true;
    }
    long what = mixed(31L * asked.hashCode() + injection);
    int count = counts.incrementAndGet(Math.floorMod((int) what, COUNTERS));
    return (mixed(mixed(seed ^ what) + count) >>> 11) / WHOLE < rate;
  }

  /** The finaliser of SplitMix64: every bit of the input moves every bit of the output. */
  private static long mixed(long value) {
    long mixed = value + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
