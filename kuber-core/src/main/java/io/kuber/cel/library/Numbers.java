package io.kuber.cel.library;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers and durations as Go prints them. */
final class Numbers {
  /** Go's {@code %g} changes to an exponent at this one. */
  private static final double EXPONENT_FROM = 1e21;

  private static final double EXPONENT_BELOW = 1e-4;

  private Numbers() {}

  /** The shortest text that names the number. */
  static String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    double size = Math.abs(number);
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (size >= EXPONENT_FROM || size < EXPONENT_BELOW) {
      return exponent(exact, exact.precision() - 1);
    }
    return exact.toPlainString();
  }

  /** With a fixed count of digits behind the point. */
  static String fixed(double number, int digits) {
    return Double.isFinite(number)
        ? new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString()
        : infinite(number);
  }

  /** In scientific notation, with a fixed count of digits behind the point. */
  static String scientific(double number, int digits) {
    return Double.isFinite(number)
        ? String.format(Locale.ROOT, "%." + digits + "e", number)
        : infinite(number);
  }

  /** What Go's CEL prints of what is no number. */
  static String infinite(double number) {
    return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
  }

  /** A duration in seconds, as CEL prints it. */
  static String seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros();
    return (seconds.signum() == 0 ? "0" : seconds.toPlainString()) + "s";
  }

  private static String exponent(BigDecimal number, int digits) {
    int power = number.precision() - number.scale() - 1;
    String mantissa = number.scaleByPowerOfTen(-power).setScale(digits).toPlainString();
    String sign = power < 0 ? "-" : "+";
    return mantissa + "e" + sign + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
  }
}
