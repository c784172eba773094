package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.member;

import com.google.common.primitives.UnsignedLong;
import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Equality;
import io.kuber.cel.value.Meter;
import io.kuber.cel.value.Ordering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists (apiserver, pkg/cel/library/lists.go). */
final class ListLibrary {
  private static final List<String> ORDERED =
      List.of(
          "int",
          "uint",
          "double",
          "bool",
          "string",
          "bytes",
          "google.protobuf.Timestamp",
          "google.protobuf.Duration");

  private static final List<String> SUMMABLE =
      List.of("int", "uint", "double", "google.protobuf.Duration");

  private ListLibrary() {}

  static List<Overload> overloads() {
    List<Overload> all = new ArrayList<>();
    for (String type : ORDERED) {
      String of = "list(" + type + ") -> ";
      String id = "list_" + type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      all.add(member("isSorted", id + "_is_sorted_bool", of + "bool", ListLibrary::isSorted));
      all.add(member("min", id + "_min_self", of + type, extreme("min", -1)));
      all.add(member("max", id + "_max_self", of + type, extreme("max", 1)));
      if (SUMMABLE.contains(type)) {
        all.add(member("sum", id + "_sum_self", of + type, sum(type)));
      }
    }
    all.add(member("indexOf", "list_a_index_of_int", "list(A), A -> int", ListLibrary::indexOf));
    all.add(
        member(
            "lastIndexOf",
            "list_a_last_index_of_int",
            "list(A), A -> int",
            ListLibrary::lastIndexOf));
    return all;
  }

  private static Object isSorted(Object[] args, Meter meter) {
    List<?> list = (List<?>) args[0];
    for (int i = 1; i < list.size(); i++) {
      int order = Ordering.compare(list.get(i - 1), list.get(i));
      if (order == 1) {
        return false;
      }
    }
    return true;
  }

  private static Body extreme(String name, int wanted) {
    return (args, meter) -> {
      List<?> list = (List<?>) args[0];
      if (list.isEmpty()) {
        throw new CelFailure(name + " called on empty list");
      }
      Object best = list.get(0);
      for (Object item : list) {
        if (Ordering.compare(item, best) == wanted) {
          best = item;
        }
      }
      return best;
    };
  }

  private static Body sum(String type) {
    Object zero =
        switch (type) {
          case "int" -> 0L;
          case "uint" -> UnsignedLong.ZERO;
          case "double" -> 0.0;
          default -> Duration.ZERO;
        };
    Body add = Arithmetic.functions().get("_+_");
    if (add == null) {
      throw new IllegalStateException("no addition");
    }
    return (args, meter) -> {
      Object sum = null;
      for (Object item : (List<?>) args[0]) {
        sum = sum == null ? item : add.apply(new Object[] {sum, item}, meter);
      }
      return sum == null ? zero : sum;
    };
  }

  private static Object indexOf(Object[] args, Meter meter) {
    List<?> list = (List<?>) args[0];
    for (int i = 0; i < list.size(); i++) {
      if (Equality.equal(list.get(i), args[1], meter)) {
        return (long) i;
      }
    }
    return -1L;
  }

  private static Object lastIndexOf(Object[] args, Meter meter) {
    List<?> list = (List<?>) args[0];
    for (int i = list.size() - 1; i >= 0; i--) {
      if (Equality.equal(list.get(i), args[1], meter)) {
        return (long) i;
      }
    }
    return -1L;
  }
}
