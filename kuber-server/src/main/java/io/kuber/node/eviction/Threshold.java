package io.kuber.node.eviction;

import io.kuber.node.eviction.Signal.Observation;
import java.util.List;

/**
 * How little of something is too little: so many units, or so much of a hundred.
 *
 * @param amount of units; 0 where a percentage counts
 * @param percent of the capacity
 */
record Threshold(Signal signal, long amount, int percent) {
  private static final long HUNDRED_MEBIBYTES = 100 << 20;
  private static final double HUNDRED = 100;

  /** The kubelet's (pkg/kubelet/apis/config/v1beta1/defaults_linux.go). */
  static final List<Threshold> DEFAULTS =
      List.of(
          new Threshold(Signal.MEMORY_AVAILABLE, HUNDRED_MEBIBYTES, 0),
          new Threshold(Signal.NODE_FILES_AVAILABLE, 0, 10),
          new Threshold(Signal.NODE_FILES_INODES_FREE, 0, 5),
          new Threshold(Signal.IMAGE_FILES_AVAILABLE, 0, 15));

  /** The least that has to be left. */
  long least(long capacity) {
    return percent > 0 ? (long) (capacity * (percent / HUNDRED)) : amount;
  }

  /** Whether too little is left; nobody knows of what has no capacity. */
  boolean isMet(Observation seen) {
    return seen.capacity() > 0 && seen.available() < least(seen.capacity());
  }
}
