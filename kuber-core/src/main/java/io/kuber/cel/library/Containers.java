package io.kuber.cel.library;

import com.google.common.collect.Maps;
import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.value.Bytes;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Equality;
import io.kuber.cel.value.Meter;
import io.kuber.cel.value.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What lists, maps, texts and bytes hold. */
final class Containers {
  private Containers() {}

  static Map<String, Body> functions() {
    return Map.of(
        "size", (args, meter) -> size(args[0], meter),
        "_[_]", (args, meter) -> index(args[0], args[1]),
        "@in", Containers::in,
        "_in_", Containers::in,
        "contains", (args, meter) -> text(args[0]).contains(text(args[1])),
        "startsWith", (args, meter) -> text(args[0]).startsWith(text(args[1])),
        "endsWith", (args, meter) -> text(args[0]).endsWith(text(args[1])),
        "matches", (args, meter) -> RegexLibrary.matches(args[0], args[1]),
        "type", (args, meter) -> TypeName.of(args[0]),
        "cel.@mapInsert", (args, meter) -> insert(args, meter));
  }

  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object size(Object value, Meter meter) {
    if (value instanceof List<?> list) {
      return (long) list.size();
    }
    if (value instanceof String text) {
      meter.work(text.length() / 8);
      return (long) text.codePointCount(0, text.length());
    }
    if (value instanceof Map<?, ?> map) {
      return (long) map.size();
    }
    if (value instanceof Bytes bytes) {
      return (long) bytes.size();
    }
    throw CelFailure.noSuchOverload();
  }

  /** The item or entry; of an optional container, optionally. */
  private static Object index(Object container, Object key) {
    if (container instanceof Optional<?> optional) {
      return optional.isEmpty() ? optional : Optionals.wrapped(found(optional.get(), key));
    }
    Object value = found(container, key);
    if (value != null) {
      return value;
    }
    throw container instanceof List
        ? new CelFailure("index out of bounds: " + key)
        : CelFailure.noSuchKey(key);
  }

  /** The item or entry, or null where there is none. */
  static @Nullable Object found(Object container, Object key) {
    if (container instanceof Map<?, ?> map) {
      return Equality.find(map, key);
    }
    if (container instanceof List<?> list && key instanceof Number number) {
      long index = number.longValue();
      boolean isWhole = !(key instanceof Double real) || real == index;
      return isWhole && index >= 0 && index < list.size() ? list.get((int) index) : null;
    }
    throw CelFailure.noSuchOverload();
  }

  private static Object in(Object[] args, Meter meter) {
    if (args[1] instanceof Map<?, ?> map) {
      return Equality.find(map, args[0]) != null;
    }
    if (args[1] instanceof List<?> list) {
      for (Object item : list) {
        if (Equality.equal(args[0], item, meter)) {
          return true;
        }
      }
      return false;
    }
    throw CelFailure.noSuchOverload();
  }

  /** A map with more entries: what {@code transformMap} builds its result with. */
  private static Object insert(Object[] args, Meter meter) {
    Map<?, ?> map = (Map<?, ?>) args[0];
    Map<?, ?> more = args.length == 2 ? (Map<?, ?>) args[1] : Map.of(args[1], args[2]);
    meter.work(map.size() + (long) more.size());
    Map<Object, Object> both = Maps.newLinkedHashMapWithExpectedSize(map.size() + more.size());
    both.putAll(map);
    more.forEach(
        (key, value) -> {
          if (Equality.find(map, key) != null) {
            throw new CelFailure("insert failed: key " + key + " already exists");
          }
          both.put(key, value);
        });
    return both;
  }
}
