package io.kuber.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as {@code metadata} shows them. */
final class Times {
  private Times() {}

  /** RFC 3339 in UTC, without fractions of a second. */
  static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
