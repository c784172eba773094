package io.kuber.resource.builtin.registration;

import io.kuber.object.Items;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The resources of a rule, with {@code *} for any of them or of their parts. */
final class RuleResources {
  private RuleResources() {}

  static void check(FieldPath field, Items resources, Problems problems) {
    List<String> texts = resources.texts();
    if (texts.isEmpty()) {
      problems.required(field, "");
    }
    Set<String> wholes = new HashSet<>();
    Set<String> parts = new HashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      int slash = text.indexOf('/');
      if (text.isEmpty()) {
        problems.required(field.index(i), "");
      } else if (slash >= 0) {
        checkPart(field.index(i), text, wholes, parts, problems);
        if (text.substring(slash + 1).equals("*")) {
          wholes.add(text.substring(0, slash));
        }
        if (text.substring(0, slash).equals("*")) {
          parts.add(text.substring(slash + 1));
        }
      }
    }
    checkAll(field, resources, texts, problems);
  }

  private static void checkPart(
      FieldPath field, String text, Set<String> wholes, Set<String> parts, Problems problems) {
    String resource = text.substring(0, text.indexOf('/'));
    String part = text.substring(text.indexOf('/') + 1);
    if (wholes.contains(resource)) {
      problems.invalid(field, text, "if '" + resource + "/*' is present, must not specify " + text);
    }
    if (parts.contains(part)) {
      problems.invalid(field, text, "if '*/" + part + "' is present, must not specify " + text);
    }
  }

  private static void checkAll(
      FieldPath field, Items resources, List<String> texts, Problems problems) {
    if (texts.size() > 1 && texts.contains("*/*")) {
      problems.invalid(field, resources, "if '*/*' is present, must not specify other resources");
    }
    if (texts.contains("*") && texts.stream().anyMatch(t -> !t.contains("/") && !t.equals("*"))) {
      problems.invalid(
          field,
          resources,
          "if '*' is present, must not specify other resources without subresources");
    }
  }
}
