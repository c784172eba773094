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
 * @param swapBytes the most of its memory that may lie on disks beyond {@code memoryBytes}, where
 *     that is limited; -1 for any amount
 */
public record Resources(
    long cpuShares,
    long cpuQuotaMicros,
    long memoryBytes,
    long pids,
    int oomScoreAdjustment,
    Optional<HugePages> hugePages,
    long swapBytes) {
  /** The length of the period that {@link #cpuQuotaMicros} counts in. */
  public static final long CPU_PERIOD_MICROS = 100_000;

  public static final Resources UNLIMITED = new Resources(0, 0, 0, 0, 0, Optional.empty(), 0);

  public Resources withMemoryBytes(long bytes) {
    return new Resources(
        cpuShares, cpuQuotaMicros, bytes, pids, oomScoreAdjustment, hugePages, swapBytes);
  }

  public Resources withPids(long most) {
    return new Resources(
        cpuShares, cpuQuotaMicros, memoryBytes, most, oomScoreAdjustment, hugePages, swapBytes);
  }

  public Resources withCpu(long shares, long quotaMicros) {
    return new Resources(
        shares, quotaMicros, memoryBytes, pids, oomScoreAdjustment, hugePages, swapBytes);
  }

  public Resources withOomScoreAdjustment(int adjustment) {
    return new Resources(
        cpuShares, cpuQuotaMicros, memoryBytes, pids, adjustment, hugePages, swapBytes);
  }

  public Resources withHugePages(HugePages most) {
    return new Resources(
        cpuShares,
        cpuQuotaMicros,
        memoryBytes,
        pids,
        oomScoreAdjustment,
        Optional.of(most),
        swapBytes);
  }

  public Resources withSwapBytes(long bytes) {
    return new Resources(
        cpuShares, cpuQuotaMicros, memoryBytes, pids, oomScoreAdjustment, hugePages, bytes);
  }
}
