package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory, processors and times, as flags have them. */
final class Amounts {
  private static final Pattern MEMORY =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?([kmgtp]?)i?b?", Pattern.CASE_INSENSITIVE);
  private static final String LADDER = "kmgtp";
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");

  private Amounts() {}

  /** Bytes of {@code 200m} or {@code 1G}, in steps of 1024. */
  static long memory(String flag, String text) {
    Matcher matcher = MEMORY.matcher(text);
    if (!matcher.matches()) {
      throw new CommandFailure(flag + ": invalid size: '" + text + "'");
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    int steps = unit.isEmpty() ? 0 : LADDER.indexOf(unit) + 1;
    BigDecimal bytes =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1024).pow(steps));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new CommandFailure(flag + ": " + text + " is too much");
    }
    return bytes.longValue();
  }

  /** Billionths of a processor of {@code 1.5}. */
  static long processors(String flag, String text) {
    if (!text.matches("\\d{1,6}(\\.\\d{1,9})?")) {
      throw new CommandFailure(flag + ": " + text + " is no number of processors such as 1.5");
    }
    return new BigDecimal(text).multiply(BILLION).setScale(0, RoundingMode.DOWN).longValueExact();
  }

  /** A time such as {@code 1m30s}, as Go writes it. */
  static Duration time(String flag, String text) {
    Matcher matcher = TIME.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      nanos =
          nanos.add(
              new BigDecimal(matcher.group(1))
                  .multiply(BigDecimal.valueOf(unit(matcher.group(2)))));
      end = matcher.end();
    }
    if (end < text.length() || (end == 0 && !text.equals("0"))) {
      throw new CommandFailure(flag + ": " + text + " is no time such as 30s, 1m30s or 2h");
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1L;
      case "us", "µs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      default -> 3_600_000_000_000L;
    };
  }
}
