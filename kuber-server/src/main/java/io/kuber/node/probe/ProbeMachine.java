package io.kuber.node.probe;

/**
 * Counts the results of a probe: its verdict changes only after enough equal results in a row.
 * Immutable.
 *
 * @param verdict what holds now
 * @param run equal results in a row
 * @param lastResult the result that is being counted
 */
public record ProbeMachine(Verdict verdict, int run, boolean lastResult) {
  /** A probe that has not been asked yet. */
  public static final ProbeMachine NEW = new ProbeMachine(Verdict.UNKNOWN, 0, false);

  /** What the results so far mean. */
  public enum Verdict {
    /** Not enough results yet. */
    UNKNOWN,
    /** Enough successes in a row. */
    SUCCESS,
    /** Enough failures in a row. */
    FAILURE
  }

  /** The machine after one more result. */
  public ProbeMachine after(boolean success, ProbeSpec spec) {
    int count = run > 0 && lastResult == success ? run + 1 : 1;
    int threshold = success ? spec.successThreshold() : spec.failureThreshold();
    Verdict next = verdict;
    if (count >= threshold) {
      next = success ? Verdict.SUCCESS : Verdict.FAILURE;
    }
    return new ProbeMachine(next, count, success);
  }
}
