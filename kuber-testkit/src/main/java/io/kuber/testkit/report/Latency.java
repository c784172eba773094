package io.kuber.testkit.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long pods took to come to something, and when each came to it. Immutable; nobody writes into
 * the arrays.
 *
 * @param at seconds since the beginning, in no particular order
 * @param took seconds since the creation of the pod
 * @param left how many more there were than are kept
 */
public record Latency(float[] at, float[] took, int left) {
  /** Of nothing. */
  public static final Latency NONE = new Latency(new float[0], new float[0], 0);

  /** How many there are, those that are not kept too. */
  public int count() {
    return took.length + left;
  }

  /** The time in seconds within which {@code percent} of all were there; 0 of none. */
  public double seconds(double percent) {
    return percentile(sorted(), percent);
  }

  /** What it took, in order. */
  float[] sorted() {
    float[] sorted = took.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  static double percentile(float[] sorted, double percent) {
    if (sorted.length == 0) {
      return 0;
    }
    int place = (int) Math.ceil(sorted.length * percent / 100) - 1;
    return sorted[Math.max(0, Math.min(place, sorted.length - 1))];
  }

  /** The times in classes of equal width of when they were, each class in order. */
  float[][] classes(int number, double end) {
    int[] sizes = new int[number];
    for (float when : at) {
      sizes[place(when, number, end)]++;
    }
    float[][] classes = new float[number][];
    for (int i = 0; i < number; i++) {
      classes[i] = new float[sizes[i]];
    }
    for (int i = 0; i < at.length; i++) {
      int place = place(at[i], number, end);
      classes[place][--sizes[place]] = took[i];
    }
    for (float[] each : classes) {
      Arrays.sort(each);
    }
    return classes;
  }

  private static int place(double when, int number, double end) {
    return Math.max(0, Math.min(number - 1, (int) (when / end * number)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Latency latency
        && Arrays.equals(at, latency.at)
        && Arrays.equals(took, latency.took)
        && left == latency.left;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(at) * 31 + Arrays.hashCode(took) + left;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d pods, median %.3f s", count(), seconds(50));
  }
}
