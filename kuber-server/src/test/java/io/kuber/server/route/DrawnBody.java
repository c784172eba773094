package io.kuber.server.route;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.math.BigDecimal;
import java.util.Random;

/** Draws objects of a type: every value of the right shape, few fields that need not be there. */
final class DrawnBody {
  private static final int MAX_DEPTH = 9;

  /** One in so many of the fields that may be left out is there; deeper ones are rarer. */
  private static final int RARITY = 3;

  private final Random random;

  DrawnBody(Random random) {
    this.random = random;
  }

  Tree object(TypeSchema type, int depth) {
    Tree.Builder object = Tree.builder();
    for (Field field : type.fields()) {
      boolean wanted = field.facts().isRequired() || random.nextInt(RARITY + depth) == 0;
      if (wanted && depth < MAX_DEPTH) {
        object.put(field.name(), value(field.shape(), depth + 1));
      }
    }
    return object.build();
  }

  Object value(Shape shape, int depth) {
    if (shape instanceof TypeSchema type) {
      return object(type, depth);
    }
    if (shape instanceof Listed list) {
      return Items.of(value(list.element(), depth));
    }
    if (shape instanceof Mapped map) {
      // Always the same text, so that selectors find the labels that were drawn beside them.
      return Tree.of("a", map.value() == Scalar.TEXT ? "a" : value(map.value(), depth));
    }
    return scalar((Scalar) shape);
  }

  private Object scalar(Scalar scalar) {
    return switch (scalar) {
      case TEXT -> "a" + random.nextInt(10);
      case BOOL -> random.nextBoolean();
      case INT32, INT64 -> (long) random.nextInt(100);
      case DOUBLE -> new BigDecimal("0.25");
      case BYTES -> "AAECAw==";
      case TIME -> "2026-01-02T03:04:05Z";
      case MICRO_TIME -> "2026-01-02T03:04:05.000006Z";
      case DURATION -> "1h2m3.5s";
      case QUANTITY -> random.nextInt(1, 100) + "Mi";
      case INT_OR_STRING -> random.nextBoolean() ? (Object) (long) random.nextInt(100) : "50%";
      case RAW -> Tree.of("apiVersion", "v1", "kind", "ConfigMap");
      case FIELDS -> Tree.of("f:spec", Tree.EMPTY);
      case JSON -> Items.of("any", 1L, true);
      case JSON_OR_BOOL, JSON_OR_ARRAY -> Tree.of("type", "string");
      case JSON_OR_TEXTS -> Items.of("a");
    };
  }
}
