package io.kuber.cel.library;

import com.google.common.primitives.UnsignedLong;
import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.value.Bytes;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.GrowingList;
import io.kuber.cel.value.Meter;
import io.kuber.cel.value.Texts;
import io.kuber.cel.value.TypedList;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sums, differences, products and the rest, which never wrap around. */
final class Arithmetic {
  private static final String INT_OVERFLOW = "integer overflow";

  private Arithmetic() {}

  static Map<String, Body> functions() {
    return Map.of(
        "_+_", (args, meter) -> add(args[0], args[1], meter),
        "_-_", (args, meter) -> subtract(args[0], args[1]),
        "_*_", (args, meter) -> multiply(args[0], args[1]),
        "_/_", (args, meter) -> divide(args[0], args[1]),
        "_%_", (args, meter) -> modulo(args[0], args[1]),
        "-_", (args, meter) -> negate(args[0]),
        "!_", (args, meter) -> not(args[0]));
  }

  private static Object add(Object one, Object other, Meter meter) {
    if (one instanceof Long a && other instanceof Long b) {
      return exact(() -> Math.addExact(a, b));
    }
    if (one instanceof String a && other instanceof String b) {
      meter.work((a.length() + (long) b.length()) / 8);
      return a.concat(b);
    }
    if (one instanceof TypedList a && other instanceof List<?> b && a.isAssociative()) {
      return a.merged(b, meter);
    }
    if (one instanceof List<?> a && other instanceof List<?> b) {
      return GrowingList.concat(a, b, meter);
    }
    if (one instanceof Double a && other instanceof Double b) {
      return a + b;
    }
    if (one instanceof UnsignedLong a && other instanceof UnsignedLong b) {
      return unsigned(a.bigIntegerValue().add(b.bigIntegerValue()));
    }
    if (one instanceof Bytes a && other instanceof Bytes b) {
      return a.plus(b);
    }
    return addTimes(one, other);
  }

  private static Object addTimes(Object one, Object other) {
    if (one instanceof Instant a && other instanceof Duration b) {
      return moment(a, b);
    }
    if (one instanceof Duration a && other instanceof Instant b) {
      return moment(b, a);
    }
    if (one instanceof Duration a && other instanceof Duration b) {
      return bounded(a.plus(b));
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object subtract(Object one, Object other) {
    if (one instanceof Long a && other instanceof Long b) {
      return exact(() -> Math.subtractExact(a, b));
    }
    if (one instanceof Double a && other instanceof Double b) {
      return a - b;
    }
    if (one instanceof UnsignedLong a && other instanceof UnsignedLong b) {
      return unsigned(a.bigIntegerValue().subtract(b.bigIntegerValue()));
    }
    if (one instanceof Instant a && other instanceof Instant b) {
      return bounded(Duration.between(b, a));
    }
    if (one instanceof Instant a && other instanceof Duration b) {
      return moment(a, b.negated());
    }
    if (one instanceof Duration a && other instanceof Duration b) {
      return bounded(a.minus(b));
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object multiply(Object one, Object other) {
    if (one instanceof Long a && other instanceof Long b) {
      return exact(() -> Math.multiplyExact(a, b));
    }
    if (one instanceof Double a && other instanceof Double b) {
      return a * b;
    }
    if (one instanceof UnsignedLong a && other instanceof UnsignedLong b) {
      return unsigned(a.bigIntegerValue().multiply(b.bigIntegerValue()));
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object divide(Object one, Object other) {
    if (one instanceof Long a && other instanceof Long b) {
      if (b == 0) {
        throw new CelFailure("division by zero");
      }
      if (a == Long.MIN_VALUE && b == -1) {
        throw new CelFailure(INT_OVERFLOW);
      }
      return a / b;
    }
    if (one instanceof Double a && other instanceof Double b) {
      return a / b;
    }
    if (one instanceof UnsignedLong a && other instanceof UnsignedLong b) {
      if (b.equals(UnsignedLong.ZERO)) {
        throw new CelFailure("division by zero");
      }
      return a.dividedBy(b);
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object modulo(Object one, Object other) {
    if (one instanceof Long a && other instanceof Long b) {
      if (b == 0) {
        throw new CelFailure("modulus by zero");
      }
      return a % b;
    }
    if (one instanceof UnsignedLong a && other instanceof UnsignedLong b) {
      if (b.equals(UnsignedLong.ZERO)) {
        throw new CelFailure("modulus by zero");
      }
      return a.mod(b);
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object negate(Object value) {
    if (value instanceof Long number) {
      return exact(() -> Math.negateExact(number));
    }
    if (value instanceof Double number) {
      return -number;
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object not(Object value) {
    if (value instanceof Boolean claim) {
      return !claim;
    }
    throw CelFailure.noSuchOverload();
  }

  /** An unsigned number, if it is one of 64 bits. */
  static UnsignedLong unsigned(BigInteger number) {
    if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
      throw new CelFailure("unsigned integer overflow");
    }
    return UnsignedLong.valueOf(number);
  }

  private static Instant moment(Instant from, Duration by) {
    try {
      return Texts.checked(from.plus(by));
    } catch (DateTimeException | ArithmeticException tooFar) {
      throw new CelFailure("timestamp overflow");
    }
  }

  private static Duration bounded(Duration duration) {
    try {
      return Duration.ofNanos(duration.toNanos());
    } catch (ArithmeticException tooLong) {
      throw new CelFailure("duration overflow");
    }
  }

  private interface LongSum {
    long value();
  }

  private static Object exact(LongSum sum) {
    try {
      return sum.value();
    } catch (ArithmeticException wrapped) {
      throw new CelFailure(INT_OVERFLOW);
    }
  }
}
