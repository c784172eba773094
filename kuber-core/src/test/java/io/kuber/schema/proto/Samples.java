package io.kuber.schema.proto;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.math.BigDecimal;

/** Objects that have a value in every field of their type, as far as types do not repeat. */
final class Samples {
  /** JSON schemas hold JSON schemas: below this depth objects stay empty. */
  private static final int MAX_DEPTH = 12;

  private int counter;

  private Samples() {}

  static Tree of(TypeSchema type) {
    Tree sample = new Samples().object(type, 0);
    return sample.with("kind", type.simpleName()).with("apiVersion", type.apiVersion());
  }

  private Tree object(TypeSchema type, int depth) {
    Tree.Builder object = Tree.builder();
    for (Field field : type.fields()) {
      boolean recursion = type.simpleName().equals("JSONSchemaProps") && depth > 5;
      boolean isWritten = field.number() > 0; // An object in a list does not say its kind.
      if (isWritten && depth < MAX_DEPTH && !(recursion && !isPlain(field.shape()))) {
        object.put(field.name(), value(field.shape(), depth + 1));
      }
    }
    return object.build();
  }

  private static boolean isPlain(Shape shape) {
    return shape == Scalar.TEXT || shape == Scalar.BOOL || shape == Scalar.INT64;
  }

  private Object value(Shape shape, int depth) {
    if (shape instanceof TypeSchema type) {
      return object(type, depth);
    }
    if (shape instanceof Listed list) {
      return Items.of(value(list.element(), depth), value(list.element(), depth));
    }
    if (shape instanceof Mapped map) {
      return Tree.of("a/b", value(map.value(), depth), "c", value(map.value(), depth));
    }
    return scalar((Scalar) shape);
  }

  private Object scalar(Scalar scalar) {
    counter++;
    return switch (scalar) {
      case TEXT -> "text-" + counter;
      case BOOL -> true;
      case INT32 -> counter % 2 == 0 ? (long) counter : -(long) counter;
      case INT64 -> 5_000_000_000L + counter;
      case DOUBLE -> new BigDecimal("0.25");
      case BYTES -> "AAECAw==";
      case TIME -> "2026-01-02T03:04:05Z";
      case MICRO_TIME -> "2026-01-02T03:04:05.000006Z";
      case DURATION -> "1h2m3.5s";
      case QUANTITY -> counter + "m";
      case INT_OR_STRING -> counter % 2 == 0 ? (Object) (long) counter : "50%";
      case RAW -> Tree.of("kind", "Any", "list", Items.of(1L, "x"));
      case FIELDS -> Tree.of("f:spec", Tree.EMPTY);
      case JSON -> Items.of("any", 1L, true);
      case JSON_OR_BOOL -> counter % 2 == 0 ? (Object) Tree.of("type", "string") : false;
      case JSON_OR_ARRAY -> Items.of(Tree.of("type", "string"));
      case JSON_OR_TEXTS -> Items.of("a", "b");
    };
  }
}
