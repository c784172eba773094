package io.kuber.server.route;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes objects of a type, and spoils them, all drawn from one source of chance. */
final class MutatedBody {
  private static final int MAX_DEPTH = 7;

  private static final List<Object> ODD =
      List.of(
          Nil.NIL, "", " ", "x".repeat(300), "\u0000", "../..", "*", "-1", -1L, 0L, Long.MAX_VALUE,
          new BigDecimal("1e30"), new BigDecimal("0.5"), true, Tree.EMPTY, Items.EMPTY,
          Tree.of("", ""), Items.of(Nil.NIL), Items.of(Items.EMPTY));

  private final Random random;

  MutatedBody(Random random) {
    this.random = random;
  }

  Tree object(TypeSchema type, int depth) {
    Tree.Builder object = Tree.builder();
    for (Field field : type.fields()) {
      boolean wanted = field.facts().isRequired() || random.nextInt(4) == 0;
      if (wanted && depth < MAX_DEPTH) {
        object.put(field.name(), value(field.shape(), depth + 1));
      }
    }
    return object.build();
  }

  private Object value(Shape shape, int depth) {
    if (shape instanceof TypeSchema type) {
      return object(type, depth);
    }
    if (shape instanceof Listed list) {
      return Items.of(value(list.element(), depth));
    }
    if (shape instanceof Mapped map) {
      return Tree.of("a", value(map.value(), depth));
    }
    return scalar((Scalar) shape);
  }

  private Object scalar(Scalar scalar) {
    return switch (scalar) {
      case BOOL -> random.nextBoolean();
      case INT32, INT64 -> (long) random.nextInt(100);
      default -> "a" + random.nextInt(10);
    };
  }

  /** The value with one thing in it, somewhere, replaced, removed or added. */
  Object spoiled(Object value) {
    if (value instanceof Tree tree && !tree.isEmpty() && random.nextInt(5) > 0) {
      int at = random.nextInt(tree.size());
      return tree.with(tree.nameAt(at), spoiled(tree.valueAt(at)));
    }
    if (value instanceof Items items && !items.isEmpty() && random.nextInt(5) > 0) {
      List<Object> all = new ArrayList<>();
      items.forEach(all::add);
      int at = random.nextInt(all.size());
      all.set(at, spoiled(all.get(at)));
      return Items.copyOf(all);
    }
    return ODD.get(random.nextInt(ODD.size()));
  }
}
