package io.kuber.cel.library;

import com.google.common.primitives.UnsignedLong;
import io.kuber.cel.value.Bytes;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Meter;
import io.kuber.cel.value.TypeName;
import io.kuber.object.Nil;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code format} and {@code quote} (cel-go, ext/formatting.go). */
final class TextFormat {
  private static final int DEFAULT_PRECISION = 6;

  /** More digits than this are noise. */
  private static final int MAX_PRECISION = 1000;

  private static final int MAX_LENGTH = 16 << 20;

  private TextFormat() {}

  static String format(String template, List<?> values, Meter meter) {
    StringBuilder result = new StringBuilder();
    int next = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c != '%') {
        result.append(c);
        continue;
      }
      int verb = endOfPrecision(template, i + 1);
      if (verb >= template.length()) {
        throw new CelFailure("unexpected end of string");
      }
      if (template.charAt(verb) == '%') {
        result.append('%');
      } else {
        if (next >= values.size()) {
          throw new CelFailure("index " + next + " out of range");
        }
        int precision = precision(template.substring(i + 1, verb));
        result.append(one(template.charAt(verb), precision, values.get(next), meter));
        next++;
      }
      if (result.length() > MAX_LENGTH) {
        throw new CelFailure("result is longer than " + MAX_LENGTH + " characters");
      }
      i = verb;
    }
    meter.work(result.length());
    return result.toString();
  }

  private static int endOfPrecision(String template, int start) {
    int end = start;
    if (end < template.length() && template.charAt(end) == '.') {
      end++;
      while (end < template.length() && Character.isDigit(template.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  private static int precision(String text) {
    if (text.length() < 2) {
      return DEFAULT_PRECISION;
    }
    int precision = text.length() > 5 ? MAX_PRECISION + 1 : Integer.parseInt(text.substring(1));
    if (precision > MAX_PRECISION) {
      throw new CelFailure("precision exceeds the maximum of " + MAX_PRECISION);
    }
    return precision;
  }

  private static String one(char verb, int precision, Object value, Meter meter) {
    return switch (verb) {
      case 's' -> text(value, meter);
      case 'd' -> whole(value, 10);
      case 'b' -> value instanceof Boolean claim ? (claim ? "1" : "0") : whole(value, 2);
      case 'o' -> whole(value, 8);
      case 'x' -> hex(value);
      case 'X' -> hex(value).toUpperCase(Locale.ROOT);
      case 'f' -> Numbers.fixed(real(value, "f"), precision);
      case 'e' -> Numbers.scientific(real(value, "e"), precision);
      default -> throw new CelFailure("unrecognized formatting clause \"" + verb + "\"");
    };
  }

  private static double real(Object value, String verb) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new CelFailure(
        "error during formatting: only integers and doubles can be formatted with %"
            + verb
            + ", was given "
            + TypeName.nameOf(value));
  }

  private static String whole(Object value, int radix) {
    if (value instanceof Long number) {
      return Long.toString(number, radix);
    }
    if (value instanceof UnsignedLong number) {
      return number.toString(radix);
    }
    if (radix == 10 && value instanceof Double number && !Double.isFinite(number)) {
      return Numbers.infinite(number);
    }
    throw new CelFailure(
        "error during formatting: only integers can be formatted this way, was given "
            + TypeName.nameOf(value));
  }

  private static String hex(Object value) {
    if (value instanceof String text) {
      return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
    if (value instanceof Bytes bytes) {
      return bytes.toString();
    }
    if (value instanceof UnsignedLong number) {
      return number.bigIntegerValue().toString(16);
    }
    return value instanceof Long number
        ? BigInteger.valueOf(number).toString(16)
        : whole(value, 16);
  }

  /** A value in words; one that holds the same text often is long though it took no memory yet. */
  private static String text(Object value, Meter meter) {
    if (value instanceof List<?> list) {
      return list.stream()
          .map(item -> text(item, meter))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, inner) -> sorted.put(text(key, meter), text(inner, meter)));
      return sorted.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + entry.getValue())
          .collect(Collectors.joining(", ", "{", "}"));
    }
    String leaf = leaf(value);
    meter.work(1L + leaf.length());
    return leaf;
  }

  private static String leaf(Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      return Numbers.infinite(number);
    }
    if (value == Nil.NIL) {
      return "null";
    }
    return value instanceof TypeName type ? type.name() : Conversions.toText(value);
  }

  /** A text in quotes, with what would not print escaped. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
      if (escape < 0) {
        quoted.append(c);
      } else {
        quoted.append('\\').append("abfnrtv\\\"".charAt(escape));
      }
    }
    return quoted.append('"').toString();
  }
}
