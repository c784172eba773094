package io.kuber.cel;

import io.kuber.cel.value.DeclaredType;
import io.kuber.cel.value.DeclaredType.Kind;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The types of objects of a kind, for checks of expressions about them (apiserver,
 * plugin/policy/validating/typechecking.go). Sizes are not told: nobody estimates costs by them.
 * What is inside itself, such as a JSON schema, is of any type there.
 */
public final class KindTypes {
  private KindTypes() {}

  /** The type of the objects of a kind. */
  public static DeclaredType of(TypeSchema schema) {
    return struct(schema, Set.of());
  }

  private static DeclaredType of(Shape shape, Set<String> around) {
    if (shape instanceof Listed list) {
      return new DeclaredType.ListOf(
          of(list.element(), around), Long.MAX_VALUE, list.keys(), false);
    }
    if (shape instanceof Mapped map) {
      return new DeclaredType.MapOf(of(map.value(), around), Long.MAX_VALUE);
    }
    return shape instanceof TypeSchema type ? struct(type, around) : scalar((Scalar) shape);
  }

  private static DeclaredType struct(TypeSchema type, Set<String> around) {
    if (around.contains(type.name()) || type.keepsUnknown()) {
      return DeclaredType.ANY;
    }
    Set<String> within = new TreeSet<>(around);
    within.add(type.name());
    Map<String, DeclaredType.Field> fields = new LinkedHashMap<>();
    for (Field field : type.fields()) {
      FieldNames.escaped(field.name())
          .ifPresent(
              escaped ->
                  fields.put(
                      escaped, new DeclaredType.Field(field.name(), of(field.shape(), within))));
    }
    return new DeclaredType.Struct(type.name(), fields, 2);
  }

  private static DeclaredType scalar(Scalar scalar) {
    return switch (scalar) {
      case TEXT, QUANTITY, DURATION -> of(Kind.STRING);
      case BOOL -> of(Kind.BOOL);
      case INT32, INT64 -> of(Kind.INT);
      case DOUBLE -> of(Kind.DOUBLE);
      case BYTES -> of(Kind.BYTES);
      case TIME, MICRO_TIME -> of(Kind.TIMESTAMP);
      case INT_OR_STRING, RAW, FIELDS, JSON, JSON_OR_BOOL, JSON_OR_ARRAY, JSON_OR_TEXTS ->
          DeclaredType.ANY;
    };
  }

  private static DeclaredType of(Kind kind) {
    return new DeclaredType.Scalar(kind, Long.MAX_VALUE, 1);
  }
}
