package io.kuber.managed;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the schema says about one place in an object.
 *
 * @param shape what may stand there
 * @param isAtomic whether it has one owner as a whole
 */
record Place(Shape shape, boolean isAtomic) {
  /** Where no schema tells: objects field by field, lists as a whole. */
  static final TypeSchema DEDUCED = TypeSchema.of("", "", List.of(), true, Map.of());

  private static final Place ANYWHERE = new Place(DEDUCED, false);

  /**
   * Objects inside built-in kinds that the Go types hold by value, not by pointer: they are there
   * even when nobody wrote them, and so nobody comes to own them by writing the first field inside.
   */
  private static final Set<String> ALWAYS_THERE =
      Set.of("metadata", "spec", "status", "template", "jobTemplate", "strategy", "updateStrategy");

  /** The place of a whole object. */
  static Place of(TypeSchema type) {
    return new Place(type, type.isAtomic());
  }

  private static Place of(Shape shape) {
    boolean atomic =
        shape instanceof Scalar
            || (shape instanceof Listed list && list.isAtomic())
            || (shape instanceof TypeSchema type && type.isAtomic());
    return new Place(shape, atomic);
  }

  private @Nullable Field declared(String name) {
    return shape instanceof TypeSchema type ? type.field(name) : null;
  }

  /** Whether the type names the field, unlike the entry of a map. */
  boolean declares(String name) {
    return declared(name) != null;
  }

  /** Whether a field of that name may be here. */
  boolean allows(String name) {
    return !(shape instanceof TypeSchema type) || type.keepsUnknown() || type.field(name) != null;
  }

  /** The place of a field, or of an entry of a map. */
  Place child(String name) {
    Field field = declared(name);
    if (field != null) {
      return new Place(field.shape(), field.isAtomic() || field.shape() instanceof Scalar);
    }
    return shape instanceof Mapped map ? of(map.value()) : ANYWHERE;
  }

  /** The place of each element of a list. */
  Place element() {
    return shape instanceof Listed list ? of(list.element()) : ANYWHERE;
  }

  /** Whether the object of that name is there even when nobody wrote it. */
  boolean hasAlways(String name) {
    Field field = declared(name);
    return field != null
        && field.shape() instanceof TypeSchema inner
        && inner.hasNumbers()
        && ALWAYS_THERE.contains(name);
  }

  /** Whether the value has no owners inside, but one as a whole. */
  boolean isLeaf(@Nullable Object value) {
    if (isAtomic) {
      return true;
    }
    if (value instanceof Tree) {
      return !(shape instanceof TypeSchema || shape instanceof Mapped);
    }
    return !(value instanceof Items && shape instanceof Listed);
  }

  /** Whether a list belongs here. */
  boolean isList() {
    return shape instanceof Listed;
  }

  /** The list that stands here; only where {@link #isLeaf} is false for items. */
  Listed list() {
    return (Listed) shape;
  }
}
