package io.kuber.schema;

import java.util.Locale;

/** A shape without shapes inside, by the name of what it holds. */
public enum Scalar implements Shape {
  /** Any text. */
  TEXT("string"),
  /** {@code true} or {@code false}. */
  BOOL("bool"),
  /** An integer of 32 bits. */
  INT32("int32"),
  /** An integer of 64 bits. */
  INT64("int64"),
  /** A floating-point number. */
  DOUBLE("float64"),
  /** Bytes, in JSON as base64 text. */
  BYTES("[]uint8"),
  /** A moment in whole seconds, in JSON as RFC 3339 text. */
  TIME("v1.Time"),
  /** A moment in microseconds, in JSON as RFC 3339 text with six digits. */
  MICRO_TIME("v1.MicroTime"),
  /** A length of time, in JSON as text such as {@code 1m30s}. */
  DURATION("v1.Duration"),
  /** An amount of a resource, in JSON as text such as {@code 500m}; numbers are accepted. */
  QUANTITY("resource.Quantity"),
  /** An integer of 32 bits or a text, such as a port. */
  INT_OR_STRING("intstr.IntOrString"),
  /** An object of any kind. */
  RAW("runtime.RawExtension"),
  /** The set of fields that a manager owns. */
  FIELDS("v1.FieldsV1"),
  /** Any JSON value. */
  JSON("v1.JSON"),
  /** A JSON schema, or whether anything is allowed. */
  JSON_OR_BOOL("v1.JSONSchemaPropsOrBool"),
  /** A JSON schema, or a list of them. */
  JSON_OR_ARRAY("v1.JSONSchemaPropsOrArray"),
  /** A JSON schema, or a list of texts. */
  JSON_OR_TEXTS("v1.JSONSchemaPropsOrStringArray");

  private final String goName;

  Scalar(String goName) {
    this.goName = goName;
  }

  /** Whether a value that is an object is a JSON schema. */
  boolean isSchema() {
    return this == JSON_OR_BOOL || this == JSON_OR_ARRAY || this == JSON_OR_TEXTS;
  }

  /** The name of the type in error messages, which are those of the decoders written in Go. */
  String goName() {
    return goName;
  }

  /** The scalar that the schema resource calls {@code word}, such as {@code int-or-string}. */
  static Scalar of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
