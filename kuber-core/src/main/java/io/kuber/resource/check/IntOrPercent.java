package io.kuber.resource.check;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts that are a number or a share such as {@code 25%} (pkg/apis/apps/validation). */
public final class IntOrPercent {
  private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
  private static final int WHOLE = 100;

  /** Longer texts are no share of anything. */
  private static final int MAX_DIGITS = 9;

  private IntOrPercent() {}

  /** Reports an amount that is negative, or a text that is no percentage. */
  public static void check(FieldPath field, Object amount, Problems problems) {
    if (amount instanceof Number number) {
      if (number.longValue() < 0) {
        problems.invalid(field, number, "must be greater than or equal to 0");
      }
    } else if (!isPercent(amount)) {
      problems.invalid(
          field,
          amount,
          "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', "
              + " or '93%', regex used for validation is '[0-9]+%')");
    }
  }

  /** Reports a share of more than all. */
  public static void checkAtMostAll(FieldPath field, Object amount, Problems problems) {
    if (isPercent(amount) && valueOf(amount) > WHOLE) {
      problems.invalid(field, amount, "must not be greater than 100%");
    }
  }

  /** Whether the amount is missing, {@code 0} or {@code 0%}. */
  public static boolean isZero(@Nullable Object amount) {
    return amount == null || valueOf(amount) == 0;
  }

  private static boolean isPercent(Object amount) {
    return amount instanceof String text
        && text.length() <= MAX_DIGITS + 1
        && PERCENT.matcher(text).matches();
  }

  private static long valueOf(Object amount) {
    if (amount instanceof Number number) {
      return number.longValue();
    }
    String text = amount.toString();
    return isPercent(amount) ? Long.parseLong(text.substring(0, text.length() - 1)) : 0;
  }
}
