package io.kuber.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a node and its pods used of late, as far as it was measured.
 *
 * @param node its name
 * @param at the end of the time that was measured
 * @param window its length
 * @param used by the whole machine
 * @param pods those with a container that was measured
 */
public record NodeReading(
    String node, Instant at, Duration window, Amounts used, List<PodReading> pods) {
  /** Copies the list. */
  public NodeReading {
    pods = List.copyOf(pods);
  }

  /**
   * Amounts in use.
   *
   * @param cpuNanos nanoseconds of processor time per second
   * @param memoryBytes the working set: what cannot be taken back without harm
   */
  public record Amounts(long cpuNanos, long memoryBytes) {
    public static final Amounts NONE = new Amounts(0, 0);

    /** Both together. */
    public Amounts plus(Amounts other) {
      return new Amounts(cpuNanos + other.cpuNanos, memoryBytes + other.memoryBytes);
    }
  }

  /**
   * What a pod used.
   *
   * @param at the end of the time that was measured
   * @param window its length
   * @param containers by name
   */
  public record PodReading(
      String namespace,
      String name,
      String uid,
      Instant at,
      Duration window,
      Map<String, Amounts> containers) {
    /** Copies the map. */
    public PodReading {
      containers = Map.copyOf(containers);
    }
  }
}
