package io.kuber.resource;

/**
 * One thing that is wrong with one field.
 *
 * @param type the cause type of meta/v1, such as {@code FieldValueRequired}
 * @param field the path, such as {@code spec.containers[0].name}
 * @param message without the path, such as {@code Required value}
 */
public record Problem(String type, String field, String message) {
  @Override
  public String toString() {
    return field + ": " + message;
  }
}
