package io.kuber.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as objects carry them. */
public final class Timestamps {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** A {@code Time} of meta/v1, which has whole seconds. */
  public static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A {@code MicroTime} of meta/v1, as leases carry it. */
  public static String micros(Instant time) {
    return MICROS.format(time);
  }

  /** The time of a text; the epoch when it is empty. */
  public static Instant parse(String text) {
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }
}
