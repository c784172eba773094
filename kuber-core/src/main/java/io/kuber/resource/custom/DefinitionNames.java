package io.kuber.resource.custom;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problem;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names that a definition asks for, and those that it was given. */
final class DefinitionNames {
  private DefinitionNames() {}

  /** Reports the names that a spec has to have and has not. */
  static void checkPresent(Tree names, FieldPath path, Problems problems) {
    for (String name : new String[] {"plural", "singular", "kind", "listKind"}) {
      if (names.text(name).isEmpty()) {
        problems.required(path.child(name), "");
      }
    }
  }

  /** Reports names that are no names; one that is not there is no problem. */
  static void check(Tree names, FieldPath path, Problems problems) {
    checkLabel(names.text("plural"), path.child("plural"), problems);
    checkLabel(names.text("singular"), path.child("singular"), problems);
    checkKind(names.text("kind"), path.child("kind"), problems);
    checkKind(names.text("listKind"), path.child("listKind"), problems);
    checkAll(names.items("shortNames").texts(), path.child("shortNames"), problems);
    String kind = names.text("kind");
    if (!kind.isEmpty() && kind.equals(names.text("listKind"))) {
      problems.invalid(path.child("listKind"), kind, "kind and listKind may not be the same");
    }
    checkAll(names.items("categories").texts(), path.child("categories"), problems);
  }

  private static void checkAll(List<String> names, FieldPath path, Problems problems) {
    for (int i = 0; i < names.size(); i++) {
      checkLabelOrEmpty(names.get(i), path.index(i), problems);
    }
  }

  /** Reports a text that is no label in the form of RFC 1035; the empty text passes. */
  static void checkLabel(String name, FieldPath path, Problems problems) {
    if (!name.isEmpty()) {
      checkLabelOrEmpty(name, path, problems);
    }
  }

  static void checkLabelOrEmpty(String name, FieldPath path, Problems problems) {
    Problems form = new Problems();
    Names.LABEL_1035.check(path, name, form);
    if (!form.isEmpty()) {
      problems.invalid(path, name, details(form));
    }
  }

  private static void checkKind(String kind, FieldPath path, Problems problems) {
    Problems form = new Problems();
    Names.LABEL_1035.check(path, kind.toLowerCase(Locale.ROOT), form);
    if (!kind.isEmpty() && !form.isEmpty()) {
      problems.invalid(path, kind, mixedCase(form));
    }
  }

  /** What is said of a kind whose lower-case form has the problems. */
  static String mixedCase(Problems form) {
    return "may have mixed case, but should otherwise match: " + details(form);
  }

  /** The details of problems with one value, without the value. */
  static String details(Problems form) {
    return form.found().stream()
        .map(Problem::message)
        .map(message -> message.substring(message.indexOf("\": ") + 3))
        .collect(Collectors.joining(","));
  }
}
