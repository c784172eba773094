package io.kuber.cel.value;

/**
 * Counts what one evaluation costs, and ends it at a limit. Owned by the thread that evaluates.
 *
 * <p>There are two counts. The <em>cost</em> is that of Kubernetes (cel-go,
 * interpreter/runtimecost.go), so that an object which passes there passes here. It does not see
 * all the work: the size of a text, the copy of a list and the depth of what is compared are taken
 * to be free. So <em>work</em> counts characters and items that were touched, with a limit that no
 * sensible rule comes near, and bounds the time of hostile ones.
 */
public final class Meter {
  /** Characters and items touched by one evaluation; a tenth of a second or so. */
  public static final long WORK_LIMIT = 50_000_000;

  private final long limit;
  private long cost;
  private long work;

  /** A meter at zero that ends the evaluation past {@code limit}. */
  public Meter(long limit) {
    this.limit = limit;
  }

  /** Adds to the cost. */
  public void charge(long more) {
    cost = saturated(cost, more);
    if (cost > limit) {
      throw new BudgetExceeded();
    }
  }

  /** Adds characters or items that are about to be touched. */
  public void work(long more) {
    work = saturated(work, more);
    if (work > WORK_LIMIT) {
      throw new BudgetExceeded();
    }
  }

  /** The cost so far. */
  public long cost() {
    return cost;
  }

  private static long saturated(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
