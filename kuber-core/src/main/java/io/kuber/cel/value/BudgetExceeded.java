package io.kuber.cel.value;

/** An evaluation was ended because it cost too much. No operator absorbs it. */
public final class BudgetExceeded extends RuntimeException {
  /** In the words of cel-go, interpreter/runtimecost.go. */
  public static final String MESSAGE = "operation cancelled: actual cost limit exceeded";

  private static final long serialVersionUID = 1;

  BudgetExceeded() {
    super(MESSAGE, null, false, false);
  }
}
