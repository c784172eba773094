package io.kuber.raft;

/**
 * How much of the log stays on the disk.
 *
 * @param segmentBytes how large one of its files gets
 * @param entriesKept entries below a snapshot that stay, so that a member that was away briefly
 *     catches up by log
 */
public record LogLimits(int segmentBytes, int entriesKept) {
  /** The usual ones. */
  public static final LogLimits USUAL = new LogLimits(16 << 20, 50_000);
}
