package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path into objects as columns of tables have it, such as {@code .spec.replicas} or {@code
 * .status.conditions[?(@.type=="Ready")].status} (client-go, util/jsonpath, with missing fields
 * allowed). Immutable.
 */
final class JsonPath {
  /** Values that one path may select; more would only slow the table down. */
  private static final int MAX_VALUES = 10_000;

  private final List<Step> steps;

  private JsonPath(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** One step from values to values. */
  sealed interface Step {}

  /** The field of that name. */
  record FieldNamed(String name) implements Step {}

  /** Every field or every element. */
  record Every() implements Step {}

  /** The value itself and all values inside it. */
  record Within() implements Step {}

  /** Elements from the first to before the last; null where that is the end of the list. */
  record Slice(@Nullable Integer from, @Nullable Integer to, int step) implements Step {}

  /** What several paths select, in their order. */
  record Union(List<Step> parts) implements Step {}

  /** Elements for which a comparison holds. */
  record Where(Operand left, String operator, Operand right) implements Step {}

  /** One side of a comparison: a path from the element, or a constant. */
  record Operand(@Nullable JsonPath path, @Nullable Object constant) {
    @Nullable Object of(Object element) {
      return path == null ? constant : path.first(element).orElse(null);
    }
  }

  /** Parses a path; throws {@link IllegalArgumentException} for what is none. */
  static JsonPath parse(String text) {
    return new JsonPathParser(text).parse();
  }

  static JsonPath of(List<Step> steps) {
    return new JsonPath(steps);
  }

  /** The first value that the path selects. */
  Optional<Object> first(Object root) {
    List<Object> values = List.of(root);
    for (Step step : steps) {
      List<Object> next = new ArrayList<>();
      for (Object value : values) {
        take(step, value, next);
      }
      values = next;
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  private static void take(Step step, Object value, List<Object> into) {
    if (into.size() > MAX_VALUES) {
      return;
    }
    if (step instanceof FieldNamed field) {
      Object found = value instanceof Tree tree ? tree.get(field.name()) : null;
      if (found != null) {
        into.add(found);
      }
    } else if (step instanceof Every) {
      into.addAll(inner(value));
    } else if (step instanceof Within) {
      into.add(value);
      inner(value).forEach(inner -> take(step, inner, into));
    } else if (step instanceof Slice slice && value instanceof Items items) {
      cut(slice, items, into);
    } else if (step instanceof Union union) {
      union.parts().forEach(part -> take(part, value, into));
    } else if (step instanceof Where where) {
      inner(value).stream().filter(element -> holds(where, element)).forEach(into::add);
    }
  }

  private static List<Object> inner(Object value) {
    List<Object> inner = new ArrayList<>();
    if (value instanceof Items items) {
      items.forEach(inner::add);
    } else if (value instanceof Tree tree) {
      tree.forEach((name, field) -> inner.add(field));
    }
    return inner;
  }

  private static void cut(Slice slice, Items items, List<Object> into) {
    int from = place(slice.from(), 0, items.size());
    int to = place(slice.to(), items.size(), items.size());
    for (int i = from; i < to; i += slice.step()) {
      into.add(items.get(i));
    }
  }

  private static int place(@Nullable Integer index, int otherwise, int size) {
    int place = index == null ? otherwise : index < 0 ? index + size : index;
    return Math.max(0, Math.min(place, size));
  }

  private static boolean holds(Where where, Object element) {
    Object left = where.left().of(element);
    if (where.operator().isEmpty()) {
      return left != null;
    }
    Object right = where.right().of(element);
    if (left == null || right == null) {
      return false;
    }
    return switch (where.operator()) {
      case "==" -> SchemaCheck.isSame(left, right);
      case "!=" -> !SchemaCheck.isSame(left, right);
      case "<" -> compare(left, right) < 0;
      case "<=" -> compare(left, right) <= 0;
      case ">" -> compare(left, right) > 0;
      default -> compare(left, right) >= 0;
    };
  }

  private static int compare(Object left, Object right) {
    return left instanceof Number && right instanceof Number
        ? new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()))
        : left.toString().compareTo(right.toString());
  }
}
