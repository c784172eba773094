package io.kuber.resource.custom;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one schema says of one value: its problems, and how much of it was right, by which the best
 * of several failed alternatives is chosen (kube-openapi, pkg/validation/validate/result.go). Not
 * thread-safe; lives as long as one check.
 */
final class Verdict {
  /** What a user reads of one object; more would not help, and bounds what is kept. */
  private static final int MAX_PROBLEMS = 64;

  private static final String INVALID = "FieldValueInvalid";

  private final List<Problem> problems = new ArrayList<>();
  private int matches;

  boolean isValid() {
    return problems.isEmpty();
  }

  int matches() {
    return matches;
  }

  void matched() {
    matches++;
  }

  /** Takes over problems and matches of a part. */
  void merge(Verdict part) {
    part.problems.forEach(this::add);
    matches += part.matches;
  }

  void reportTo(Problems all) {
    problems.forEach(all::add);
  }

  /** A value that is wrong in the words of kube-openapi, which begin with its path. */
  void invalid(String path, Object value, String rest) {
    add(INVALID, path, "Invalid value: " + Problems.quoted(value) + ": " + path + " " + rest);
  }

  /** A field that the object may not have; it is the object that is wrong. */
  void forbidden(String path, String field) {
    String message = path + "." + field + " in body is a forbidden property";
    add(INVALID, path, "Invalid value: " + Problems.quoted(field) + ": " + message);
  }

  void wrongType(String path, String wanted, Object value) {
    String message = path + " in body must be of type " + wanted + ": " + Problems.quoted(value);
    add("FieldValueTypeInvalid", path, "Invalid value: " + Problems.quoted(value) + ": " + message);
  }

  void required(String path) {
    add("FieldValueRequired", path, "Required value");
  }

  void tooLong(String path, long most) {
    add(
        "FieldValueTooLong",
        path,
        "Too long: may not be more than " + most + (most == 1 ? " byte" : " bytes"));
  }

  void tooMany(String path, long actual, long most) {
    add(
        "FieldValueTooMany",
        path,
        "Too many: " + actual + ": must have at most " + most + (most == 1 ? " item" : " items"));
  }

  void notSupported(String path, Object value, Collection<Object> supported) {
    String choice =
        supported.stream()
            .map(each -> each instanceof String ? each : Problems.quoted(each))
            .map(each -> Problems.quoted(each.toString()))
            .collect(Collectors.joining(", "));
    add(
        "FieldValueNotSupported",
        path,
        "Unsupported value: " + Problems.quoted(value) + ": supported values: " + choice);
  }

  /** A value that does not meet several schemas as it should; the field is in the text alone. */
  void junction(String path, String rest) {
    add(INVALID, "", "Invalid value: \"\": " + Problems.quoted(path) + " " + rest);
  }

  private void add(String type, String path, String message) {
    String field = path.startsWith(".") ? path.substring(1) : path;
    add(new Problem(type, field.isEmpty() ? FieldPath.ROOT.toString() : field, message));
  }

  private void add(Problem problem) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(problem);
    }
  }
}
