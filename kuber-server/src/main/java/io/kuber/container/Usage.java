package io.kuber.container;

/**
 * What a container uses.
 *
 * @param cpuNanos processor time since the start
 * @param memoryBytes memory now, page cache included
 * @param workingSetBytes memory now without page cache that can be dropped
 * @param pids processes and threads now
 */
public record Usage(long cpuNanos, long memoryBytes, long workingSetBytes, long pids) {
  public static final Usage NONE = new Usage(0, 0, 0, 0);
}
