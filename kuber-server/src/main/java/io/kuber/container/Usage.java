package io.kuber.container;

/**
 * What a container uses.
 *
 * @param cpuNanos processor time since the start
 * @param memoryBytes memory now, page cache included
 * @param workingSetBytes memory now without page cache that can be dropped
 * @param rssBytes memory now that belongs to no file
 * @param pageFaults since the start
 * @param majorPageFaults those of them that had to wait for a disk
 * @param pids processes and threads now
 */
public record Usage(
    long cpuNanos,
    long memoryBytes,
    long workingSetBytes,
    long rssBytes,
    long pageFaults,
    long majorPageFaults,
    long pids) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0);

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(
        cpuNanos + other.cpuNanos,
        memoryBytes + other.memoryBytes,
        workingSetBytes + other.workingSetBytes,
        rssBytes + other.rssBytes,
        pageFaults + other.pageFaults,
        majorPageFaults + other.majorPageFaults,
        pids + other.pids);
  }
}
