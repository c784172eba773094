package io.kuber.cel.value;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Equality of CEL: across number types, deep, and never a failure. Lists that a schema calls sets
 * or maps are equal in any order.
 */
public final class Equality {
  private Equality() {}

  /** Whether two values are equal; what is compared counts as work. */
  public static boolean equal(Object one, Object other, Meter meter) {
    if (one == other) {
      return !(one instanceof Double number && number.isNaN());
    }
    if (one instanceof String text) {
      meter.work(1 + text.length() / 8);
      return text.equals(other);
    }
    meter.work(1);
    if (one instanceof Number number) {
      return other instanceof Number that && equalNumbers(number, that);
    }
    if (one instanceof TypedList view && other instanceof List<?> list && view.isAssociative()) {
      return view.hasSameItems(list, meter);
    }
    if (one instanceof List<?> list) {
      return other instanceof List<?> that && equalLists(list, that, meter);
    }
    if (one instanceof Map<?, ?> map) {
      return other instanceof Map<?, ?> that && equalMaps(map, that, meter);
    }
    if (one instanceof Optional<?> optional && other instanceof Optional<?> that) {
      return optional.isPresent() && that.isPresent()
          ? equal(optional.get(), that.get(), meter)
          : optional.isEmpty() && that.isEmpty();
    }
    return one.equals(other);
  }

  /** The value under a key, by the equality of CEL; null where there is none. */
  public static @Nullable Object find(Map<?, ?> map, Object key) {
    Object value = map.get(key);
    if (value != null || !(key instanceof Number number) || map instanceof TreeView) {
      return value;
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getKey() instanceof Number that && equalNumbers(number, that)) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** Compares numbers of any types; null where one is not a number. */
  static @Nullable Integer compareNumbers(Number one, Number other) {
    if (one instanceof Double a && other instanceof Double b) {
      return a.isNaN() || b.isNaN() ? null : (Integer) (a < b ? -1 : a > b ? 1 : 0);
    }
    if (one instanceof Long a && other instanceof Long b) {
      return Long.compare(a, b);
    }
    if (isUnreal(one) || isUnreal(other)) {
      return compareUnreal(one.doubleValue(), other.doubleValue());
    }
    return exact(one).compareTo(exact(other));
  }

  private static @Nullable Integer compareUnreal(double one, double other) {
    return Double.isNaN(one) || Double.isNaN(other) ? null : (Integer) Double.compare(one, other);
  }

  private static boolean isUnreal(Number number) {
    return number instanceof Double real && !Double.isFinite(real);
  }

  private static BigDecimal exact(Number number) {
    return number instanceof UnsignedLong unsigned
        ? new BigDecimal(unsigned.bigIntegerValue())
        : number instanceof Double real
            ? new BigDecimal(real)
            : BigDecimal.valueOf(number.longValue());
  }

  private static boolean equalNumbers(Number one, Number other) {
    Integer order = compareNumbers(one, other);
    return order != null && order == 0;
  }

  private static boolean equalLists(List<?> one, List<?> other, Meter meter) {
    if (other instanceof TypedList view && view.isAssociative()) {
      return view.hasSameItems(one, meter);
    }
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<?> items = other.iterator();
    for (Object item : one) {
      if (!equal(item, items.next(), meter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<?, ?> one, Map<?, ?> other, Meter meter) {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : one.entrySet()) {
      Object value =
          other instanceof TreeView view && entry.getKey() instanceof String name
              ? view.field(name)
              : find(other, entry.getKey());
      if (value == null || !equal(entry.getValue(), value, meter)) {
        return false;
      }
    }
    return true;
  }
}
