package io.kuber.cel.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times, durations and bytes as they are written in JSON and in expressions. */
public final class Texts {
  /** The first moment that CEL has: the year 1. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  /** The last moment that CEL has: the end of the year 9999. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final int DATE_LENGTH = 10;

  private static final int MAX_DURATION_LENGTH = 128;

  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})(ns|us|µs|μs|ms|s|m|h)");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns",
          1L,
          "us",
          1_000L,
          "µs",
          1_000L,
          "μs",
          1_000L,
          "ms",
          1_000_000L,
          "s",
          1_000_000_000L,
          "m",
          60_000_000_000L,
          "h",
          3_600_000_000_000L);

  private Texts() {}

  /** The moment that RFC 3339 text names; fails for others. */
  public static Instant timestamp(String text) {
    try {
      return checked(
          text.length() == DATE_LENGTH
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notOne) {
      throw new CelFailure(
          "type conversion error from '" + text + "' to 'google.protobuf.Timestamp'");
    }
  }

  /** A moment, if it is one that CEL has. */
  public static Instant checked(Instant moment) {
    if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
      throw new CelFailure("timestamp overflow");
    }
    return moment;
  }

  /** The duration that a text in Go's syntax names, such as {@code 1h30m}; fails for others. */
  public static Duration duration(String text) {
    String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (unsigned.equals("0")) {
      return Duration.ZERO;
    }
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    Matcher parts = DURATION_PART.matcher(unsigned);
    if (unsigned.length() <= MAX_DURATION_LENGTH) {
      while (end < unsigned.length() && parts.find(end) && parts.start() == end) {
        long unit = Objects.requireNonNull(NANOS.get(parts.group(2)));
        sum = sum.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit)));
        end = parts.end();
      }
    }
    BigInteger nanos = sum.toBigInteger();
    if (end == 0 || end < unsigned.length() || nanos.bitLength() >= Long.SIZE) {
      throw new CelFailure(
          "type conversion error from '" + text + "' to 'google.protobuf.Duration'");
    }
    return Duration.ofNanos(text.startsWith("-") ? -nanos.longValue() : nanos.longValue());
  }

  /** The bytes that base64 text stands for; fails for others. */
  public static Bytes base64(String text) {
    try {
      return Bytes.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      throw new CelFailure("invalid base64: " + notBase64.getMessage());
    }
  }
}
