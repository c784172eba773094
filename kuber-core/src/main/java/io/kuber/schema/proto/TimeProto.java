package io.kuber.schema.proto;

import io.kuber.json.MalformedException;
import io.kuber.object.Nil;
import io.kuber.schema.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments and lengths of time in protobuf. */
final class TimeProto {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** The digits and signs of a time in whole seconds. */
  private static final String PLAIN = "0000-00-00T00:00:00Z";

  private static final long UNKNOWN = Long.MIN_VALUE;

  private static final Pattern DURATION_PART = Pattern.compile("([0-9.]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private TimeProto() {}

  /** The time as text; {@link Nil} for the empty message, which is Go's zero time. */
  static Object readTime(ProtoReader message, Scalar scalar) {
    long seconds = 0;
    int nanos = 0;
    boolean isSet = false;
    while (message.next()) {
      isSet = true;
      switch (message.field()) {
        case 1 -> seconds = message.number();
        case 2 -> nanos = (int) message.number();
        default -> message.skip();
      }
    }
    if (!isSet) {
      return Nil.NIL;
    }
    try {
      Instant time = Instant.ofEpochSecond(seconds, nanos);
      return (scalar == Scalar.TIME ? SECONDS : MICROS).format(time);
    } catch (DateTimeException e) {
      throw new MalformedException("invalid protobuf: a time of " + seconds + " seconds");
    }
  }

  static void writeTime(ProtoWriter writer, String text) {
    if (text.isEmpty()) {
      return;
    }
    long seconds = secondsOf(text);
    if (seconds != UNKNOWN) {
      writer.number(1, seconds);
      writer.number(2, 0);
      return;
    }
    Instant time = OffsetDateTime.parse(text).toInstant();
    writer.number(1, time.getEpochSecond());
    writer.number(2, time.getNano());
  }

  /**
   * The seconds of a time such as {@code 2026-11-21T09:12:44Z}, the form that nearly all times have
   * and for which a general parser takes twenty times as long; {@link #UNKNOWN} for others.
   */
  private static long secondsOf(String text) {
    if (text.length() != PLAIN.length()) {
      return UNKNOWN;
    }
    for (int i = 0; i < PLAIN.length(); i++) {
      char c = text.charAt(i);
      boolean fits = PLAIN.charAt(i) == '0' ? c >= '0' && c <= '9' : c == PLAIN.charAt(i);
      if (!fits) {
        return UNKNOWN;
      }
    }
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    LocalTime time = LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19));
    return day.toEpochSecond(time, ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  static String readDuration(ProtoReader message) {
    long nanos = 0;
    while (message.next()) {
      nanos = message.number();
    }
    return duration(nanos);
  }

  /** As Go prints a duration: {@code 1h2m3.5s}, {@code 250ms}. */
  private static String duration(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    BigDecimal rest = BigDecimal.valueOf(nanos).abs();
    for (String unit : new String[] {"ns", "µs", "ms"}) {
      long size = NANOS.getOrDefault(unit, 1L);
      if (rest.longValue() < size * 1_000) {
        return sign + plain(rest, size) + unit;
      }
    }
    long minutes = rest.longValue() / 60_000_000_000L;
    String seconds = plain(rest.remainder(BigDecimal.valueOf(60_000_000_000L)), 1_000_000_000L);
    String hours = minutes >= 60 ? minutes / 60 + "h" : "";
    return sign + hours + (minutes > 0 ? minutes % 60 + "m" : "") + seconds + "s";
  }

  private static String plain(BigDecimal nanos, long unit) {
    BigDecimal value = nanos.divide(BigDecimal.valueOf(unit)).stripTrailingZeros();
    return value.signum() == 0 ? "0" : value.toPlainString();
  }

  static void writeDuration(ProtoWriter writer, String text) {
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = DURATION_PART.matcher(text);
    while (part.find()) {
      long unit = NANOS.getOrDefault(part.group(2), 1L);
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
    }
    writer.number(1, text.startsWith("-") ? -nanos.longValue() : nanos.longValue());
  }
}
