package io.kuber.testkit.report;

import java.util.Arrays;

/** When something happened to pods, and how long after their creation; in seconds. Owned by one. */
final class PodTimes {
  /** More pods are counted, not kept; the report says how many. */
  static final int MAX_KEPT = 2_000_000;

  private static final int FIRST_SIZE = 1024;

  private float[] at = new float[FIRST_SIZE];
  private float[] took = new float[FIRST_SIZE];
  private int size;
  private int left;

  void add(double when, double latency) {
    if (size == MAX_KEPT) {
      left++;
      return;
    }
    if (size == at.length) {
      at = Arrays.copyOf(at, size * 2);
      took = Arrays.copyOf(took, size * 2);
    }
    at[size] = (float) when;
    took[size++] = (float) latency;
  }

  int count() {
    return size + left;
  }

  /** Those so far. */
  Latency reading() {
    return new Latency(Arrays.copyOf(at, size), Arrays.copyOf(took, size), left);
  }
}
