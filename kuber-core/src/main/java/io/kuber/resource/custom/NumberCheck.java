package io.kuber.resource.custom;

import java.math.BigDecimal;

/** What a schema demands of a number. */
final class NumberCheck {
  private NumberCheck() {}

  /** Reports every demand that a number, whole or not, does not meet. */
  static void check(Object value, Limits limits, String path, Verdict verdict) {
    BigDecimal number =
        value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value;
    BigDecimal step = limits.multipleOf();
    if (step != null && step.signum() > 0 && number.remainder(step).signum() != 0) {
      verdict.invalid(path, value, "in body should be a multiple of " + text(step));
    }
    BigDecimal least = limits.minimum();
    if (least != null && isBeyond(least.compareTo(number), limits.exclusiveMinimum())) {
      String than = limits.exclusiveMinimum() ? "greater than " : "greater than or equal to ";
      verdict.invalid(path, value, "in body should be " + than + text(least));
    }
    BigDecimal most = limits.maximum();
    if (most != null && isBeyond(number.compareTo(most), limits.exclusiveMaximum())) {
      String than = limits.exclusiveMaximum() ? "less than " : "less than or equal to ";
      verdict.invalid(path, value, "in body should be " + than + text(most));
    }
  }

  private static boolean isBeyond(int comparison, boolean exclusive) {
    return exclusive ? comparison >= 0 : comparison > 0;
  }

  private static String text(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
