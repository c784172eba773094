package io.kuber.cel.library;

import com.google.common.primitives.UnsignedLong;
import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.value.Bytes;
import io.kuber.cel.value.CelFailure;
import io.kuber.object.Nil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values that may be absent. {@code or} and {@code orValue} are lazy, and so the planner's. */
final class Optionals {
  private Optionals() {}

  static Map<String, Body> functions() {
    return Map.of(
        "optional.of", (args, meter) -> Optional.of(args[0]),
        "optional.none", (args, meter) -> Optional.empty(),
        "optional.ofNonZeroValue",
            (args, meter) -> isZero(args[0]) ? Optional.empty() : Optional.of(args[0]),
        "optional.unwrap", (args, meter) -> unwrap((List<?>) args[0]),
        "unwrapOpt", (args, meter) -> unwrap((List<?>) args[0]),
        "hasValue", (args, meter) -> optional(args[0]).isPresent(),
        "value", (args, meter) -> value(args[0]),
        "_?._", (args, meter) -> select(args[0], args[1]),
        "_[?_]", (args, meter) -> select(args[0], args[1]));
  }

  /** A value that may be null. */
  static Optional<Object> wrapped(@Nullable Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(present -> present)
        : Optional.ofNullable(value);
  }

  static Optional<?> optional(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional;
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object value(Object value) {
    Optional<?> optional = optional(value);
    if (optional.isPresent()) {
      return optional.get();
    }
    throw new CelFailure("optional.none() dereference");
  }

  private static Object select(Object container, Object key) {
    if (container instanceof Optional<?> optional) {
      return optional.isEmpty() ? optional : wrapped(Containers.found(optional.get(), key));
    }
    return wrapped(Containers.found(container, key));
  }

  private static Object unwrap(List<?> values) {
    List<Object> present = new ArrayList<>();
    for (Object value : values) {
      optional(value).ifPresent(present::add);
    }
    return present;
  }

  private static boolean isZero(Object value) {
    return value == Nil.NIL
        || value.equals(false)
        || value.equals("")
        || value.equals(0L)
        || value.equals(0.0)
        || value.equals(UnsignedLong.ZERO)
        || value.equals(Duration.ZERO)
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty()
        || value instanceof Bytes bytes && bytes.size() == 0;
  }
}
