package io.kuber.schema;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares an object with its type: finds fields that the type lacks and values of the wrong type,
 * and drops what the decoders of Kubernetes drop (unknown fields, and nulls in known ones).
 *
 * <p>Not thread-safe; lives as long as one check.
 */
public final class FieldCheck {
  /** More unknown fields than this are not reported one by one, only dropped. */
  private static final int MAX_UNKNOWN = 100;

  private final List<String> unknown = new ArrayList<>();
  private final StringBuilder path = new StringBuilder();
  private Optional<String> error = Optional.empty();

  private FieldCheck() {}

  /**
   * What a check found.
   *
   * @param object the object without unknown fields; the same instance when nothing was dropped
   * @param unknown the paths of unknown fields, such as {@code spec.containers[0].foo}, in the
   *     order of the object, at most {@value #MAX_UNKNOWN}
   * @param error the first value of the wrong type, in the words of the decoders of Kubernetes
   */
  public record Findings(Tree object, List<String> unknown, Optional<String> error) {
    public Findings {
      unknown = List.copyOf(unknown);
    }
  }

  /** Checks an object, or a part of one, against its type. */
  public static Findings check(Tree object, TypeSchema type) {
    FieldCheck check = new FieldCheck();
    Tree pruned = check.object(object, type);
    return new Findings(pruned, check.unknown, check.error);
  }

  private Tree object(Tree object, TypeSchema type) {
    Tree pruned = object;
    int length = path.length();
    for (int i = 0; i < object.size() && error.isEmpty(); i++) {
      String name = object.nameAt(i);
      Object value = object.valueAt(i);
      path.append(length == 0 ? "" : ".").append(name);
      Field field = type.field(name);
      if (field == null) {
        if (!type.keepsUnknown()) {
          foundUnknown();
          pruned = pruned.without(name);
        }
      } else if (value == Nil.NIL) {
        pruned = pruned.without(name);
      } else {
        pruned = pruned.with(name, value(value, field.shape(), type));
      }
      path.setLength(length);
    }
    return pruned;
  }

  private void foundUnknown() {
    if (unknown.size() < MAX_UNKNOWN) {
      unknown.add(path.toString());
    }
  }

  private Object value(Object value, Shape shape, TypeSchema owner) {
    if (value == Nil.NIL) {
      return value;
    }
    if (shape instanceof TypeSchema type) {
      return value instanceof Tree tree ? object(tree, type) : wrong(value, shape, owner);
    }
    if (shape instanceof Listed list) {
      return value instanceof Items items ? items(items, list, owner) : wrong(value, shape, owner);
    }
    if (shape instanceof Mapped map) {
      return value instanceof Tree tree ? map(tree, map, owner) : wrong(value, shape, owner);
    }
    return scalar(value, (Scalar) shape, owner);
  }

  private Object scalar(Object value, Scalar scalar, TypeSchema owner) {
    if (scalar.isSchema() && value instanceof Tree schema) {
      return object(schema, owner); // Only JSON schemas have such fields, and hold JSON schemas.
    }
    ScalarCheck.Verdict verdict = ScalarCheck.check(value, scalar);
    if (verdict == ScalarCheck.Verdict.WRONG_TYPE) {
      return wrong(value, scalar, owner);
    }
    if (verdict == ScalarCheck.Verdict.WRONG_TEXT) {
      error = Optional.of(ScalarCheck.complaint(value, scalar) + " (field " + path + ")");
    }
    return ScalarCheck.canonical(value, scalar);
  }

  private Items items(Items items, Listed list, TypeSchema owner) {
    Items checked = items;
    int length = path.length();
    for (int i = 0; i < items.size() && error.isEmpty(); i++) {
      path.append('[').append(i).append(']');
      Object old = items.get(i) == Nil.NIL ? Zero.of(list.element()) : items.get(i);
      Object value = value(old, list.element(), owner);
      checked = value == items.get(i) ? checked : checked.with(i, value);
      path.setLength(length);
    }
    return checked;
  }

  private Tree map(Tree map, Mapped shape, TypeSchema owner) {
    Tree checked = map;
    int length = path.length();
    for (int i = 0; i < map.size() && error.isEmpty(); i++) {
      path.append('.').append(map.nameAt(i));
      Object old = map.valueAt(i) == Nil.NIL ? Zero.of(shape.value()) : map.valueAt(i);
      checked = checked.with(map.nameAt(i), value(old, shape.value(), owner));
      path.setLength(length);
    }
    return checked;
  }

  /** In the words of Go's decoder: the struct that has the field, then the path without indices. */
  private Object wrong(Object value, Shape shape, TypeSchema owner) {
    String fields = path.toString().replaceAll("\\[\\d+]", "");
    error =
        Optional.of(
            "json: cannot unmarshal "
                + GoNames.ofValue(value)
                + " into Go struct field "
                + owner.simpleName()
                + "."
                + fields
                + " of type "
                + GoNames.ofShape(shape));
    return value;
  }
}
