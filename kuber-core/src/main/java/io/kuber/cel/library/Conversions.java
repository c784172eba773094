package io.kuber.cel.library;

import com.google.common.primitives.UnsignedLong;
import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.value.Bytes;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** From one type to another; fails rather than lose anything but a fraction. */
final class Conversions {
  private static final double TWO_TO_63 = 0x1p63;

  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  private Conversions() {}

  static Map<String, Body> functions() {
    return Map.of(
        "bool", (args, meter) -> toBool(args[0]),
        "int", (args, meter) -> toInt(args[0]),
        "uint", (args, meter) -> toUint(args[0]),
        "double", (args, meter) -> toDouble(args[0]),
        "string", (args, meter) -> toText(args[0]),
        "bytes", (args, meter) -> toBytes(args[0]),
        "duration", (args, meter) -> toDuration(args[0]),
        "timestamp", (args, meter) -> toTimestamp(args[0]),
        "dyn", (args, meter) -> args[0]);
  }

  private static Object toBool(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof String text) {
      if (TRUE.contains(text) || FALSE.contains(text)) {
        return TRUE.contains(text);
      }
      throw failed(text, "bool");
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object toInt(Object value) {
    if (value instanceof Long) {
      return value;
    }
    if (value instanceof String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException notOne) {
        throw failed(text, "int");
      }
    }
    if (value instanceof Double number) {
      if (number > -TWO_TO_63 && number < TWO_TO_63) {
        return number.longValue();
      }
      throw new CelFailure("integer overflow");
    }
    if (value instanceof UnsignedLong number) {
      if (number.longValue() >= 0) {
        return number.longValue();
      }
      throw new CelFailure("integer overflow");
    }
    if (value instanceof Instant moment) {
      return moment.getEpochSecond();
    }
    if (value instanceof Duration duration) {
      return duration.toNanos();
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object toUint(Object value) {
    if (value instanceof UnsignedLong) {
      return value;
    }
    if (value instanceof Long number) {
      return Arithmetic.unsigned(BigInteger.valueOf(number));
    }
    if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw new CelFailure("unsigned integer overflow");
      }
      return Arithmetic.unsigned(new BigDecimal(number).toBigInteger());
    }
    if (value instanceof String text) {
      try {
        return UnsignedLong.valueOf(text);
      } catch (NumberFormatException notOne) {
        throw failed(text, "uint");
      }
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object toDouble(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException notOne) {
        throw failed(text, "double");
      }
    }
    throw CelFailure.noSuchOverload();
  }

  static String toText(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Double number) {
      return Numbers.text(number);
    }
    if (value instanceof Bytes bytes) {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes.toArray()))
            .toString();
      } catch (CharacterCodingException notUtf8) {
        throw new CelFailure("invalid UTF-8 in bytes, cannot convert to string");
      }
    }
    if (value instanceof Duration duration) {
      return Numbers.seconds(duration);
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Instant) {
      return value.toString();
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object toBytes(Object value) {
    return value instanceof Bytes
        ? value
        : Bytes.of(Containers.text(value).getBytes(StandardCharsets.UTF_8));
  }

  private static Object toDuration(Object value) {
    return value instanceof Duration
        ? value
        : value instanceof Long nanos
            ? Duration.ofNanos(nanos)
            : Texts.duration(Containers.text(value));
  }

  private static Object toTimestamp(Object value) {
    if (value instanceof Instant) {
      return value;
    }
    if (value instanceof Long seconds) {
      if (Math.abs(seconds) > Integer.MAX_VALUE * 1000L) {
        throw new CelFailure("timestamp overflow");
      }
      return Texts.checked(Instant.ofEpochSecond(seconds));
    }
    return Texts.timestamp(Containers.text(value));
  }

  private static CelFailure failed(String text, String type) {
    return new CelFailure("type conversion error from 'string' to '" + type + "': " + text);
  }
}
