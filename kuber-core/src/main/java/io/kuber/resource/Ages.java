package io.kuber.resource;

import java.time.Duration;
import java.time.Instant;

/** Durations as tables show them: short, and precise where they are young. */
public final class Ages {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  private Ages() {}

  /** How long ago an RFC 3339 time was; {@code <unknown>} for the empty text. */
  public static String since(String time, Instant now) {
    return time.isEmpty() ? "<unknown>" : human(Duration.between(Instant.parse(time), now));
  }

  /** A duration such as {@code 2m5s} or {@code 3d4h} (apimachinery, duration.HumanDuration). */
  public static String human(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 2 * MINUTE) {
      return Math.max(seconds, 0) + "s";
    }
    if (seconds < 10 * MINUTE) {
      return two(seconds, MINUTE, "m", 1, "s");
    }
    if (seconds < 3 * HOUR) {
      return seconds / MINUTE + "m";
    }
    if (seconds < 8 * HOUR) {
      return two(seconds, HOUR, "h", MINUTE, "m");
    }
    if (seconds < 2 * DAY) {
      return seconds / HOUR + "h";
    }
    if (seconds < 8 * DAY) {
      return two(seconds, DAY, "d", HOUR, "h");
    }
    if (seconds < 2 * YEAR) {
      return seconds / DAY + "d";
    }
    if (seconds < 8 * YEAR) {
      return two(seconds, YEAR, "y", DAY, "d");
    }
    return seconds / YEAR + "y";
  }

  private static String two(long seconds, long unit, String name, long smaller, String smallName) {
    long rest = seconds % unit / smaller;
    return seconds / unit + name + (rest == 0 ? "" : rest + smallName);
  }
}
