package io.kuber.cel;

import io.kuber.cel.value.DeclaredType;
import io.kuber.cel.value.DeclaredType.Field;
import io.kuber.cel.value.DeclaredType.Kind;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What structural schemas say of values (apiserver, pkg/cel/common/schemas.go). What a schema does
 * not describe, an expression cannot see: fields that are merely preserved have no type.
 */
final class SchemaTypes {
  private static final long BOOL = 4;
  private static final long NUMBER = 1;
  private static final long TEXT = 2;
  private static final long DATE = 12;
  private static final long SHORTEST_TIME = 21;
  private static final long LONGEST_TIME = 32;
  private static final long SHORTEST_DURATION = 3;
  private static final long LONGEST_DURATION = 32;
  private static final long LONGEST_TEXT = CelLimits.REQUEST_BYTES - 2;

  /** A character takes up to four bytes. */
  private static final long BYTES_PER_CHARACTER = 4;

  private static final Tree STRING = Tree.of("type", "string");

  private static final Tree OBJECT_META =
      Tree.of("type", "object", "properties", Tree.of("name", STRING, "generateName", STRING));

  private SchemaTypes() {}

  /**
   * The type of a schema's values; none where expressions cannot see them.
   *
   * @param name for the type, if it is a struct; unique in the whole schema
   * @param isRoot whether it is an object with {@code apiVersion}, {@code kind} and {@code
   *     metadata}
   */
  static Optional<DeclaredType> of(Tree schema, String name, boolean isRoot) {
    if (schema.isTrue("x-kubernetes-int-or-string")) {
      return Optional.of(new DeclaredType.Scalar(Kind.DYN, textLength(schema), NUMBER));
    }
    return switch (schema.text("type")) {
      case "array" -> list(schema, name);
      case "object" -> object(isRoot ? withObjectMeta(schema) : schema, name);
      case "string" -> Optional.of(text(schema));
      case "boolean" -> Optional.of(new DeclaredType.Scalar(Kind.BOOL, 0, BOOL));
      case "number" -> Optional.of(new DeclaredType.Scalar(Kind.DOUBLE, 0, NUMBER));
      case "integer" -> Optional.of(new DeclaredType.Scalar(Kind.INT, 0, NUMBER));
      default -> Optional.empty();
    };
  }

  /** The schema with the fields that every object has. */
  static Tree withObjectMeta(Tree schema) {
    return schema
        .withAt(STRING, "properties", "apiVersion")
        .withAt(STRING, "properties", "kind")
        .withAt(OBJECT_META, "properties", "metadata");
  }

  private static Optional<DeclaredType> list(Tree schema, String name) {
    Tree items = schema.tree("items");
    String listType = schema.text("x-kubernetes-list-type");
    List<String> keys = schema.items("x-kubernetes-list-map-keys").texts();
    return nested(items, name + ".@items")
        .map(
            type ->
                new DeclaredType.ListOf(
                    type,
                    bound(
                        schema,
                        "maxItems",
                        (CelLimits.REQUEST_BYTES - 2) / (type.minSerializedSize() + 1)),
                    listType.equals("map") ? keys : List.of(),
                    listType.equals("set")));
  }

  private static Optional<DeclaredType> object(Tree schema, String name) {
    if (schema.get("additionalProperties") instanceof Tree values) {
      return nested(values, name + ".@values")
          .map(
              type ->
                  new DeclaredType.MapOf(
                      type,
                      bound(
                          schema,
                          "maxProperties",
                          (CelLimits.REQUEST_BYTES - 2) / (type.minSerializedSize() + 6))));
    }
    return Optional.of(struct(schema, name));
  }

  private static DeclaredType struct(Tree schema, String name) {
    List<String> required = schema.items("required").texts();
    Map<String, Field> fields = new LinkedHashMap<>();
    long size = 2;
    Tree properties = schema.tree("properties");
    for (int i = 0; i < properties.size(); i++) {
      String field = properties.nameAt(i);
      Tree property = properties.tree(field);
      Optional<DeclaredType> type = nested(property, name + "." + field);
      if (type.isEmpty()) {
        continue;
      }
      FieldNames.escaped(field)
          .ifPresent(escaped -> fields.put(escaped, new Field(field, type.get())));
      if (required.contains(field) && !property.has("default")) {
        size += field.length() + type.get().minSerializedSize() + 4;
      }
    }
    return new DeclaredType.Struct(name, fields, size);
  }

  private static Optional<DeclaredType> nested(Tree schema, String name) {
    return of(schema, name, schema.isTrue("x-kubernetes-embedded-resource"));
  }

  private static DeclaredType text(Tree schema) {
    return switch (schema.text("format")) {
      case "byte" ->
          new DeclaredType.Scalar(Kind.BYTES, bound(schema, "maxLength", LONGEST_TEXT), TEXT);
      case "duration" ->
          new DeclaredType.Scalar(Kind.DURATION, LONGEST_DURATION, SHORTEST_DURATION);
      case "date" -> new DeclaredType.Scalar(Kind.TIMESTAMP, DATE, DATE);
      case "date-time" -> new DeclaredType.Scalar(Kind.TIMESTAMP, LONGEST_TIME, SHORTEST_TIME);
      default -> new DeclaredType.Scalar(Kind.STRING, textLength(schema), TEXT);
    };
  }

  private static long textLength(Tree schema) {
    if (schema.has("maxLength")) {
      return bound(schema, "maxLength", 0) * BYTES_PER_CHARACTER;
    }
    Items choices = schema.items("enum");
    return choices.isEmpty()
        ? LONGEST_TEXT
        : choices.texts().stream().mapToLong(String::length).max().orElse(0);
  }

  private static long bound(Tree schema, String field, long otherwise) {
    return Math.min(Integer.MAX_VALUE, Math.max(0, schema.number(otherwise, field)));
  }
}
