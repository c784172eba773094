package io.kuber.container;

import java.util.Optional;

/**
 * What a container may use. 0 means no limit, and the kernel's default weight.
 *
 * @param cpuShares its weight when processors are short; 1024 is one processor's
 * @param cpuQuotaMicros processor time in each 100 milliseconds, in microseconds
 * @param memoryBytes the most memory, page cache included
 * @param pids the most processes and threads
 * @param oomScoreAdjustment -1000 (never) to 1000 (first) when the machine runs out of memory
 * @param hugePages the most memory in huge pages, where the machine can hold it to that; none in
 *     sizes that are not in it
 */
public record Resources(
    long cpuShares,
    long cpuQuotaMicros,
    long memoryBytes,
    long pids,
    int oomScoreAdjustment,
    Optional<HugePages> hugePages) {
  /** The length of the period that {@link #cpuQuotaMicros} counts in. */
  public static final long CPU_PERIOD_MICROS = 100_000;

  public static final Resources UNLIMITED = new Resources(0, 0, 0, 0, 0, Optional.empty());

  public Resources withMemoryBytes(long bytes) {
    return new Resources(cpuShares, cpuQuotaMicros, bytes, pids, oomScoreAdjustment, hugePages);
  }

  public Resources withPids(long most) {
    return new Resources(
        cpuShares, cpuQuotaMicros, memoryBytes, most, oomScoreAdjustment, hugePages);
  }

  public Resources withCpu(long shares, long quotaMicros) {
    return new Resources(shares, quotaMicros, memoryBytes, pids, oomScoreAdjustment, hugePages);
  }

  public Resources withOomScoreAdjustment(int adjustment) {
    return new Resources(cpuShares, cpuQuotaMicros, memoryBytes, pids, adjustment, hugePages);
  }

  public Resources withHugePages(HugePages most) {
    return new Resources(
        cpuShares, cpuQuotaMicros, memoryBytes, pids, oomScoreAdjustment, Optional.of(most));
  }
}
