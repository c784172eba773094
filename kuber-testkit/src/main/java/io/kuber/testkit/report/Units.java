package io.kuber.testkit.report;

import java.util.Locale;

/** Numbers as people read them. Pure. */
public final class Units {
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final int STEP = 1024;

  private Units() {}

  /** What an axis counts. */
  enum Unit {
    /** Things: {@code 12,000}. */
    COUNT,
    /** Time: {@code 1.5 s}. */
    SECONDS,
    /** Memory: {@code 512 MiB}. */
    BYTES;

    String text(double value) {
      return switch (this) {
        case COUNT -> count(value);
        case SECONDS -> seconds(value);
        case BYTES -> bytes(value);
      };
    }
  }

  /** A count, with commas. */
  public static String count(long value) {
    return number("%,.0f", (double) value);
  }

  /**
   * A value on an axis that counts, with commas; small ones with a digit behind the point where
   * there is one.
   */
  public static String count(double value) {
    return value < 10 && value != Math.rint(value) ? number("%.1f", value) : number("%,.0f", value);
  }

  /** A time with three digits at most and the unit that fits. */
  public static String seconds(double value) {
    if (value <= 0) {
      return "0 s";
    }
    if (value < 0.001) {
      return digits(value * 1e6) + " µs";
    }
    if (value < 1) {
      return digits(value * 1e3) + " ms";
    }
    return value < 120 ? digits(value) + " s" : clock(value);
  }

  /** A moment or a long time: {@code 2:05} or {@code 1:02:05}. */
  static String clock(double value) {
    long seconds = Math.round(value);
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** Memory in the unit that fits. */
  public static String bytes(long value) {
    return bytes((double) value);
  }

  /** The same of a value between whole bytes, as axes have them. */
  static String bytes(double value) {
    double left = value;
    int unit = 0;
    while (left >= STEP && unit < SIZES.length - 1) {
      left /= STEP;
      unit++;
    }
    return digits(left) + " " + SIZES[unit];
  }

  private static String digits(double value) {
    String pattern = value >= 99.95 ? "%,.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    String text = number(pattern, value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
