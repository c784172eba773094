package io.kuber.resource;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Collects what is wrong with one object, in the words of Kubernetes (apimachinery,
 * pkg/util/validation/field). Not thread-safe; lives as long as one check.
 */
public final class Problems {
  /** What a user reads of one object; more would not help, and bounds the answer's size. */
  private static final int MAX_PROBLEMS = 64;

  private final List<Problem> found = new ArrayList<>();

  /** What was reported so far, in order. */
  public List<Problem> found() {
    return List.copyOf(found);
  }

  /** Whether nothing was reported. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The field has to be set. */
  public void required(FieldPath field, String detail) {
    add("FieldValueRequired", field, "Required value" + suffix(detail));
  }

  /** The field has a value that it may not have. */
  public void invalid(FieldPath field, Object value, String detail) {
    add("FieldValueInvalid", field, "Invalid value: " + quoted(value) + suffix(detail));
  }

  /** The field, whose value is too long to repeat, is not as it has to be. */
  public void invalid(FieldPath field, String detail) {
    add("FieldValueInvalid", field, "Invalid value" + suffix(detail));
  }

  /** The field has a value that is none of those there are. */
  public void notSupported(FieldPath field, Object value, Collection<String> supported) {
    String choice = supported.stream().map(s -> '"' + s + '"').collect(Collectors.joining(", "));
    add(
        "FieldValueNotSupported",
        field,
        "Unsupported value: " + quoted(value) + ": supported values: " + choice);
  }

  /** The same value stands there a second time. */
  public void duplicate(FieldPath field, Object value) {
    add("FieldValueDuplicate", field, "Duplicate value: " + quoted(value));
  }

  /** The field may not be set, or not be changed. */
  public void forbidden(FieldPath field, String detail) {
    add("FieldValueForbidden", field, "Forbidden" + suffix(detail));
  }

  /** The value names something that is not there. */
  public void notFound(FieldPath field, Object value) {
    add("FieldValueNotFound", field, "Not found: " + quoted(value));
  }

  /** The value names something that is not there, for a reason worth telling. */
  public void notFound(FieldPath field, Object value, String detail) {
    add("FieldValueNotFound", field, "Not found: " + quoted(value) + suffix(detail));
  }

  /** The text or the bytes are too many. */
  public void tooLong(FieldPath field, int most) {
    add(
        "FieldValueTooLong",
        field,
        "Too long: may not be more than " + most + (most == 1 ? " byte" : " bytes"));
  }

  /** There are too many items. */
  public void tooMany(FieldPath field, int actual, int most) {
    add(
        "FieldValueTooMany",
        field,
        "Too many: " + actual + ": must have at most " + most + (most == 1 ? " item" : " items"));
  }

  /** A problem that was worded elsewhere. */
  public void add(Problem problem) {
    if (found.size() < MAX_PROBLEMS) {
      found.add(problem);
    }
  }

  private void add(String type, FieldPath field, String message) {
    add(new Problem(type, field.toString(), message));
  }

  private static String suffix(String detail) {
    return detail.isEmpty() ? "" : ": " + detail;
  }

  /** A value as messages show it: texts in quotes, objects and lists as JSON. */
  public static String quoted(Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
    if (value instanceof Tree || value instanceof Items || value == Nil.NIL) {
      return new String(Json.print(value), StandardCharsets.UTF_8);
    }
    return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
