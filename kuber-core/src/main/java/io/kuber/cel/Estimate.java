package io.kuber.cel;

/**
 * How large or how costly something is, at least and at most. Sums and products stay at the largest
 * number once they reach it.
 *
 * @param min the least
 * @param max the most
 */
record Estimate(long min, long max) {
  static final Estimate NONE = new Estimate(0, 0);
  static final Estimate ONE = new Estimate(1, 1);
  static final Estimate UNKNOWN = new Estimate(0, Long.MAX_VALUE);

  static Estimate fixed(long value) {
    return new Estimate(value, value);
  }

  Estimate plus(Estimate other) {
    return new Estimate(sum(min, other.min), sum(max, other.max));
  }

  Estimate times(Estimate other) {
    return new Estimate(product(min, other.min), product(max, other.max));
  }

  /** Scaled by a factor and rounded up. */
  Estimate scaled(double factor) {
    return new Estimate(scaled(min, factor), scaled(max, factor));
  }

  /** From the smaller of the two to the larger. */
  Estimate union(Estimate other) {
    return new Estimate(Math.min(min, other.min), Math.max(max, other.max));
  }

  static long product(long one, long other) {
    if (one == 0 || other == 0) {
      return 0;
    }
    return one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
  }

  static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long scaled(long value, double factor) {
    double product = Math.ceil(value * factor);
    return product >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) product;
  }
}
