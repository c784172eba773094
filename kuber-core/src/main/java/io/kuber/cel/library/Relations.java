package io.kuber.cel.library;

import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.value.Equality;
import io.kuber.cel.value.Ordering;
import java.util.Map;

/** Equality and order. */
final class Relations {
  private Relations() {}

  static Map<String, Body> functions() {
    return Map.of(
        "_==_", (args, meter) -> Equality.equal(args[0], args[1], meter),
        "_!=_", (args, meter) -> !Equality.equal(args[0], args[1], meter),
        "_<_", (args, meter) -> Ordering.compare(args[0], args[1]) == -1,
        "_<=_", (args, meter) -> Ordering.compare(args[0], args[1]) <= 0,
        "_>_", (args, meter) -> Ordering.compare(args[0], args[1]) == 1,
        "_>=_", (args, meter) -> isAtLeast(args[0], args[1]));
  }

  private static boolean isAtLeast(Object one, Object other) {
    int order = Ordering.compare(one, other);
    return order == 0 || order == 1;
  }
}
