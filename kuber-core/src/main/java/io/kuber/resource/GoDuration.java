package io.kuber.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them, such as {@code 1h30m}, in whole seconds and at least one. */
final class GoDuration {
  /** Longer texts are mistakes. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");

  private static final Map<String, BigDecimal> SECONDS =
      Map.of(
          "ns", BigDecimal.ONE.scaleByPowerOfTen(-9),
          "us", BigDecimal.ONE.scaleByPowerOfTen(-6),
          "µs", BigDecimal.ONE.scaleByPowerOfTen(-6),
          "ms", BigDecimal.ONE.scaleByPowerOfTen(-3),
          "s", BigDecimal.ONE,
          "m", BigDecimal.valueOf(60),
          "h", BigDecimal.valueOf(3600));

  private GoDuration() {}

  /** Parses the duration of {@code descriptor}, which the failure names. */
  static Duration parse(String text, String descriptor) {
    Matcher matcher = PART.matcher(text);
    BigDecimal seconds = BigDecimal.ZERO;
    int end = 0;
    while (text.length() <= MAX_LENGTH && matcher.find() && matcher.start() == end) {
      BigDecimal unit = Objects.requireNonNull(SECONDS.get(matcher.group(2)));
      seconds = seconds.add(new BigDecimal(matcher.group(1)).multiply(unit));
      end = matcher.end();
    }
    if (end == 0 || end < text.length() || seconds.precision() - seconds.scale() > 10) {
      throw new IllegalArgumentException(
          "failed to parse duration " + descriptor + ": time: invalid duration \"" + text + "\"");
    }
    long whole = seconds.setScale(0, RoundingMode.DOWN).longValueExact();
    return Duration.ofSeconds(Math.max(1, whole));
  }
}
