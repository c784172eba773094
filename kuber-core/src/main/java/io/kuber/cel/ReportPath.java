package io.kuber.cel;

import io.kuber.object.Tree;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a field, from the place of a rule, where it is reported: {@code .a.b} or {@code
 * .a['b']} (apiextensions, schema/cel/validation.go).
 */
final class ReportPath {
  private static final Pattern STEP =
      Pattern.compile("\\.([^.\\[\\]']+)|\\['((?:[^'\\\\]|\\\\.)*)'\\]|(.)", Pattern.DOTALL);

  private ReportPath() {}

  /** The path in the form of messages; throws for one that the schema does not have. */
  static String parse(String written, Tree schema) {
    StringBuilder path = new StringBuilder();
    Tree at = schema;
    Matcher steps = STEP.matcher(written);
    while (steps.find()) {
      if (steps.group(3) != null) {
        throw wrongStep(written, steps.start());
      }
      String name = steps.group(1) != null ? steps.group(1) : unescaped(steps.group(2));
      boolean isNamed = at.has("properties");
      Object next = isNamed ? at.at("properties", name) : at.get("additionalProperties");
      if (!(next instanceof Tree tree)) {
        throw new IllegalArgumentException("does not refer to a valid field");
      }
      path.append(isNamed ? (path.isEmpty() ? "" : ".") + name : "[" + name + "]");
      at = tree;
    }
    return path.toString();
  }

  private static IllegalArgumentException wrongStep(String written, int start) {
    String rest = written.substring(start);
    if (rest.equals(".") || rest.equals("[")) {
      return new IllegalArgumentException("unexpected end of JSON path");
    }
    if (rest.startsWith("[")) {
      String token = rest.substring(1).split("[\\].]", 2)[0];
      return new IllegalArgumentException("expected single quoted string but got " + token);
    }
    return new IllegalArgumentException(
        rest.startsWith(".")
            ? "does not refer to a valid field"
            : "expected [ or . but got: " + rest.split("[\\[.]", 2)[0]);
  }

  private static String unescaped(String quoted) {
    return quoted.replace("\\'", "'").replace("\\\\", "\\");
  }
}
