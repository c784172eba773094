package io.kuber.testkit.field;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them. Pure. */
public final class Times {
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Times() {}

  /** A time such as {@code 1m30s}; empty when it is none. */
  static Optional<Duration> parse(String text) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      Duration unit = Objects.requireNonNull(UNITS.get(part.group(2)), "the pattern knows it");
      sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
      end = part.end();
    }
    return end == 0 || end < text.length() ? Optional.empty() : Optional.of(sum);
  }

  /** The same the other way round: {@code 1m30s}. */
  public static String text(Duration time) {
    StringBuilder text = new StringBuilder();
    long millis = time.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
      long size = Objects.requireNonNull(UNITS.get(unit), "all are there").toMillis();
      if (millis >= size) {
        text.append(millis / size).append(unit);
        millis %= size;
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
