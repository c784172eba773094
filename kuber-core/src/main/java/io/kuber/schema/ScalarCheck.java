package io.kuber.schema;

import io.kuber.object.Items;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Pattern;

/** Whether a value is of a scalar shape, and the form in which it is kept. */
final class ScalarCheck {
  private static final String QUANTITY = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";

  private static final String SECONDS = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}";
  private static final String ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})";
  private static final Pattern TIME_PATTERN = Pattern.compile(SECONDS + "(\\.[0-9]{1,9})?" + ZONE);

  /** The digits of the microseconds have to be there (meta/v1, RFC3339Micro). */
  private static final Pattern MICRO_TIME_PATTERN = Pattern.compile(SECONDS + "\\.[0-9]{6}" + ZONE);

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern DURATION =
      Pattern.compile("[+-]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)");

  private ScalarCheck() {}

  /** Of the right shape, of another one, or a text that cannot be read. */
  enum Verdict {
    RIGHT,
    WRONG_TYPE,
    WRONG_TEXT
  }

  static Verdict check(Object value, Scalar scalar) {
    return switch (scalar) {
      case TEXT -> type(value instanceof String);
      case BOOL -> type(value instanceof Boolean);
      case INT32 -> type(isInt32(value));
      case INT64 -> type(value instanceof Long);
      case DOUBLE -> type(value instanceof Long || value instanceof BigDecimal);
      case INT_OR_STRING -> type(value instanceof String || isInt32(value));
      case RAW, FIELDS -> type(value instanceof Tree);
      case JSON -> Verdict.RIGHT;
      case JSON_OR_BOOL -> type(value instanceof Tree || value instanceof Boolean);
      case JSON_OR_ARRAY, JSON_OR_TEXTS -> type(value instanceof Tree || value instanceof Items);
      case QUANTITY -> quantity(value);
      case DURATION -> text(value, DURATION);
      case TIME -> time(value, TIME_PATTERN);
      case MICRO_TIME -> time(value, MICRO_TIME_PATTERN);
      case BYTES -> bytes(value);
    };
  }

  private static Verdict type(boolean right) {
    return right ? Verdict.RIGHT : Verdict.WRONG_TYPE;
  }

  private static boolean isInt32(Object value) {
    return value instanceof Long number && number == number.intValue();
  }

  private static Verdict text(Object value, Pattern pattern) {
    if (!(value instanceof String text)) {
      return Verdict.WRONG_TYPE;
    }
    return pattern.matcher(text).matches() ? Verdict.RIGHT : Verdict.WRONG_TEXT;
  }

  /** What the expression in the complaint lets through and parsers refuse is refused here. */
  private static Verdict quantity(Object value) {
    if (!(value instanceof String || value instanceof Number)) {
      return Verdict.WRONG_TYPE;
    }
    return Quantity.canonical(plain(value)).isPresent() ? Verdict.RIGHT : Verdict.WRONG_TEXT;
  }

  private static Verdict time(Object value, Pattern pattern) {
    Verdict form = text(value, pattern);
    if (form != Verdict.RIGHT) {
      return form;
    }
    try {
      Instant time = OffsetDateTime.parse(value.toString()).toInstant();
      return time.isBefore(FIRST) || time.isAfter(LAST) ? Verdict.WRONG_TEXT : Verdict.RIGHT;
    } catch (DateTimeException e) {
      return Verdict.WRONG_TEXT;
    }
  }

  /** As in Go: line breaks are skipped, padding is required. */
  private static Verdict bytes(Object value) {
    if (!(value instanceof String text)) {
      return Verdict.WRONG_TYPE;
    }
    String joined = text.replace("\n", "").replace("\r", "");
    try {
      Base64.getDecoder().decode(joined);
      return joined.length() % 4 == 0 ? Verdict.RIGHT : Verdict.WRONG_TEXT;
    } catch (IllegalArgumentException e) {
      return Verdict.WRONG_TEXT;
    }
  }

  /** What is wrong with a text, in the words of the decoders of Kubernetes. */
  static String complaint(Object value, Scalar scalar) {
    return switch (scalar) {
      case QUANTITY -> "quantities must match the regular expression '" + QUANTITY + "'";
      case DURATION -> "time: invalid duration \"" + value + "\"";
      case BYTES -> "illegal base64 data";
      default ->
          "parsing time \""
              + value
              + "\" as \"2006-01-02T15:04:05"
              + (scalar == Scalar.MICRO_TIME ? ".000000" : "")
              + "Z07:00\": cannot parse it";
    };
  }

  /**
   * The form in which a right value is kept: quantities are text in their canonical form, times are
   * in UTC and as precise as their type.
   */
  static Object canonical(Object value, Scalar scalar) {
    return switch (scalar) {
      case QUANTITY -> Quantity.canonical(plain(value)).map(Object.class::cast).orElse(value);
      case TIME -> value instanceof String text ? seconds(text) : value;
      case MICRO_TIME -> value instanceof String text ? micros(text) : value;
      default -> value;
    };
  }

  private static String plain(Object value) {
    return value instanceof BigDecimal exact ? exact.toPlainString() : value.toString();
  }

  private static Object micros(String text) {
    if (text.endsWith("Z")) {
      return text;
    }
    try {
      return MICROS.format(OffsetDateTime.parse(text));
    } catch (DateTimeException e) {
      return text;
    }
  }

  private static Object seconds(String text) {
    if (text.length() == "2006-01-02T15:04:05Z".length() && text.endsWith("Z")) {
      return text;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeException e) {
      return text;
    }
  }
}
