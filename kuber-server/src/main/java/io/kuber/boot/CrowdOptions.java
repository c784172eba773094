package io.kuber.boot;

/**
 * How many requests a server serves at the same time.
 *
 * @param reads without fairness, of requests that read; 0 for any number
 * @param writes without fairness, of all others; 0 for any number
 * @param fair whether priority and fairness divides the sum of both among priority levels
 */
public record CrowdOptions(int reads, int writes, boolean fair) {
  /** What upstream begins with. */
  public static final CrowdOptions STANDARD = new CrowdOptions(400, 200, true);

  /** Checks the numbers. */
  public CrowdOptions {
    check("--max-requests-inflight", reads);
    check("--max-mutating-requests-inflight", writes);
    if (fair && (long) reads + writes == 0) {
      throw new IllegalArgumentException(
          "--max-requests-inflight: with --enable-priority-and-fairness it and"
              + " --max-mutating-requests-inflight must not both be 0");
    }
  }

  private static void check(String option, int number) {
    if (number < 0 || number > 1_000_000) {
      throw new IllegalArgumentException(
          option + ": " + number + " is not between 0 and 1,000,000");
    }
  }

  /** The seats that priority and fairness divides. */
  int seats() {
    return reads + writes;
  }
}
