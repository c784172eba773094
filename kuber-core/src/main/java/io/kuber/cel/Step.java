package io.kuber.cel;

/** A part of a compiled expression. Immutable; any thread may run it on a frame of its own. */
@FunctionalInterface
interface Step {
  /** The value of this part; fails with a {@code CelFailure} or a {@code BudgetExceeded}. */
  Object run(Frame frame);
}
