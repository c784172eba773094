package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.global;

import io.kuber.cel.value.Equality;
import io.kuber.cel.value.Meter;
import java.util.List;

/** Lists as sets (cel-go, ext/sets.go). */
final class SetLibrary {
  private SetLibrary() {}

  static List<Overload> overloads() {
    String types = "list(T), list(T) -> bool";
    return List.of(
        global(
            "sets.contains",
            "list_sets_contains_list",
            types,
            (args, meter) -> contains((List<?>) args[0], (List<?>) args[1], meter)),
        global(
            "sets.equivalent",
            "list_sets_equivalent_list",
            types,
            (args, meter) ->
                contains((List<?>) args[0], (List<?>) args[1], meter)
                    && contains((List<?>) args[1], (List<?>) args[0], meter)),
        global(
            "sets.intersects",
            "list_sets_intersects_list",
            types,
            (args, meter) -> intersects((List<?>) args[0], (List<?>) args[1], meter)));
  }

  private static boolean contains(List<?> list, List<?> parts, Meter meter) {
    for (Object part : parts) {
      if (!has(list, part, meter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean intersects(List<?> one, List<?> other, Meter meter) {
    for (Object item : one) {
      if (has(other, item, meter)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(List<?> list, Object item, Meter meter) {
    for (Object any : list) {
      if (Equality.equal(any, item, meter)) {
        return true;
      }
    }
    return false;
  }
}
