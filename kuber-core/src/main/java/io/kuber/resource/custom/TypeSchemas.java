package io.kuber.resource.custom;

import io.kuber.schema.Facts;
import io.kuber.schema.Field;
import io.kuber.schema.Listed;
import io.kuber.schema.Mapped;
import io.kuber.schema.Scalar;
import io.kuber.schema.Schemas;
import io.kuber.schema.Shape;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the type of a custom resource, by which server-side apply merges its objects. */
final class TypeSchemas {
  private static final Facts ATOMIC = new Facts(Map.of("atomic", ""));

  private TypeSchemas() {}

  /** The type of a kind: its own fields, and those of every object. */
  static TypeSchema of(String name, String apiVersion, Structural schema) {
    List<Field> fields = new ArrayList<>(meta());
    schema
        .properties()
        .forEach(
            (field, inner) -> {
              if (!Structural.META.contains(field)) {
                fields.add(field(field, inner, name));
              }
            });
    return TypeSchema.of(name, apiVersion, fields, schema.keepsUnknown(), Map.of());
  }

  private static List<Field> meta() {
    TypeSchema metadata =
        Schemas.builtIn()
            .named("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
            .orElseThrow(() -> new IllegalStateException("the schema lacks ObjectMeta"));
    return List.of(
        Field.of("apiVersion", Scalar.TEXT, Facts.NONE),
        Field.of("kind", Scalar.TEXT, Facts.NONE),
        Field.of("metadata", metadata, Facts.NONE));
  }

  private static Field field(String name, Structural schema, String owner) {
    return Field.of(
        name, shape(schema, owner + "." + name), schema.isAtomic() ? ATOMIC : Facts.NONE);
  }

  private static Shape shape(Structural schema, String name) {
    Structural items = schema.items();
    Structural values = schema.values();
    if (schema.isIntOrString()) {
      return Scalar.INT_OR_STRING;
    }
    return switch (schema.type()) {
      case "string" -> Scalar.TEXT;
      case "boolean" -> Scalar.BOOL;
      case "integer" -> schema.limits().format().equals("int32") ? Scalar.INT32 : Scalar.INT64;
      case "number" -> Scalar.DOUBLE;
      case "array" ->
          items == null
              ? Scalar.JSON
              : new Listed(shape(items, name), schema.listType(), schema.listMapKeys(), false);
      case "object" -> values == null ? object(schema, name) : new Mapped(shape(values, name));
      default -> Scalar.JSON;
    };
  }

  private static TypeSchema object(Structural schema, String name) {
    List<Field> fields = new ArrayList<>(schema.isEmbedded() ? meta() : List.of());
    schema
        .properties()
        .forEach(
            (field, inner) -> {
              if (!schema.isEmbedded() || !Structural.META.contains(field)) {
                fields.add(field(field, inner, name));
              }
            });
    return TypeSchema.of(name, "", fields, schema.keepsUnknown(), Map.of());
  }
}
