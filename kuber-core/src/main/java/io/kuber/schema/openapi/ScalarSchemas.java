package io.kuber.schema.openapi;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Scalar;
import java.util.EnumMap;
import java.util.Map;

/**
 * The schemas of scalars; those that are types of their own in Go have definitions of their own.
 */
final class ScalarSchemas {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String SCHEMA = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

  private static final Map<Scalar, String> DEFINITIONS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Scalar.TIME, META + "Time"),
              Map.entry(Scalar.MICRO_TIME, META + "MicroTime"),
              Map.entry(Scalar.DURATION, META + "Duration"),
              Map.entry(Scalar.FIELDS, META + "FieldsV1"),
              Map.entry(Scalar.QUANTITY, "io.k8s.apimachinery.pkg.api.resource.Quantity"),
              Map.entry(Scalar.INT_OR_STRING, "io.k8s.apimachinery.pkg.util.intstr.IntOrString"),
              Map.entry(Scalar.RAW, "io.k8s.apimachinery.pkg.runtime.RawExtension"),
              Map.entry(Scalar.JSON, SCHEMA + "JSON"),
              Map.entry(Scalar.JSON_OR_BOOL, SCHEMA + "JSONSchemaPropsOrBool"),
              Map.entry(Scalar.JSON_OR_ARRAY, SCHEMA + "JSONSchemaPropsOrArray"),
              Map.entry(Scalar.JSON_OR_TEXTS, SCHEMA + "JSONSchemaPropsOrStringArray")));

  private ScalarSchemas() {}

  /** Whether fields refer to a definition instead of saying the type themselves. */
  static boolean hasDefinition(Scalar scalar) {
    return DEFINITIONS.containsKey(scalar);
  }

  static String definitionName(Scalar scalar) {
    return DEFINITIONS.getOrDefault(scalar, "");
  }

  /** The schema itself: of the definition where there is one, otherwise of the field. */
  static Tree schema(Scalar scalar, Dialect dialect) {
    return switch (scalar) {
      case TEXT -> type("string");
      case BOOL -> type("boolean");
      case INT32 -> type("integer").with("format", "int32");
      case INT64 -> type("integer").with("format", "int64");
      case DOUBLE -> type("number").with("format", "double");
      case BYTES -> type("string").with("format", "byte");
      case TIME -> described("A moment in whole seconds.", type("string"), "date-time");
      case MICRO_TIME -> described("A moment in microseconds.", type("string"), "date-time");
      case DURATION -> described("A length of time, such as 1m30s.", type("string"));
      case QUANTITY ->
          described(
              "An amount: a decimal number with an optional suffix, such as 500m, 1.5Gi or 2e3.",
              dialect == Dialect.V2 ? type("string") : oneOf("string", "number"));
      case INT_OR_STRING ->
          described(
              "An integer of 32 bits, or a text.",
              dialect == Dialect.V2 ? type("string") : oneOf("integer", "string"),
              "int-or-string");
      case RAW -> described("An object of any kind.", type("object"));
      case FIELDS -> described("The set of fields that a manager owns.", type("object"));
      case JSON -> described("Any JSON value.", Tree.EMPTY);
      case JSON_OR_BOOL -> described("A JSON schema, or a boolean.", Tree.EMPTY);
      case JSON_OR_ARRAY -> described("A JSON schema, or a list of them.", Tree.EMPTY);
      case JSON_OR_TEXTS -> described("A JSON schema, or a list of texts.", Tree.EMPTY);
    };
  }

  private static Tree type(String type) {
    return Tree.of("type", type);
  }

  private static Tree oneOf(String one, String other) {
    return Tree.of("oneOf", Items.of(type(one), type(other)));
  }

  private static Tree described(String description, Tree schema, String format) {
    return described(description, schema).with("format", format);
  }

  private static Tree described(String description, Tree schema) {
    Tree.Builder all = Tree.builder().put("description", description);
    schema.forEach(all::put);
    return all.build();
  }
}
