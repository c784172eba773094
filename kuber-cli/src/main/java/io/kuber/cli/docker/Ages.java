package io.kuber.cli.docker;

import java.time.Duration;

/** How long ago something was, as people say it (docker/go-units, duration.go). */
final class Ages {
  private Ages() {}

  /** Such as {@code 2 minutes ago}. */
  static String ago(Duration age) {
    return of(age) + " ago";
  }

  /** Such as {@code 2 minutes}. */
  static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    long minutes = seconds / 60;
    long hours = Math.round(seconds / 3600.0);
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds == 1) {
      return "1 second";
    }
    if (seconds < 60) {
      return seconds + " seconds";
    }
    if (minutes == 1) {
      return "About a minute";
    }
    if (minutes < 60) {
      return minutes + " minutes";
    }
    if (hours == 1) {
      return "About an hour";
    }
    return ofDays(hours);
  }

  private static String ofDays(long hours) {
    long days = hours / 24;
    if (hours < 48) {
      return hours + " hours";
    }
    if (days < 7 * 2) {
      return days + " days";
    }
    if (days < 30 * 2) {
      return days / 7 + " weeks";
    }
    if (days < 365 * 2) {
      return days / 30 + " months";
    }
    return days / 365 + " years";
  }
}
