package io.kuber.schema.openapi;

/**
 * A parameter of an operation.
 *
 * @param name such as {@code dryRun}
 * @param in {@code query} or {@code path}
 * @param type {@code string}, {@code boolean} or {@code integer}
 * @param description for the reader of the document
 */
record Parameter(String name, String in, String type, String description) {
  static Parameter query(String name, String type, String description) {
    return new Parameter(name, "query", type, description);
  }

  static Parameter path(String name, String description) {
    return new Parameter(name, "path", "string", description);
  }

  boolean isRequired() {
    return in.equals("path");
  }
}
