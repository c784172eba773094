package io.kuber.schema;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;

/** Values and shapes as Go's JSON decoder names them in its errors. */
final class GoNames {
  private GoNames() {}

  static String ofValue(Object value) {
    if (value instanceof Tree) {
      return "object";
    }
    if (value instanceof Items) {
      return "array";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    return value == Nil.NIL ? "null" : "number";
  }

  static String ofShape(Shape shape) {
    if (shape instanceof Listed list) {
      return "[]" + ofShape(list.element());
    }
    if (shape instanceof Mapped map) {
      return "map[string]" + ofShape(map.value());
    }
    if (shape instanceof TypeSchema type) {
      String[] labels = type.name().split("\\.");
      return labels[Math.max(0, labels.length - 2)] + "." + type.simpleName();
    }
    return ((Scalar) shape).goName();
  }
}
