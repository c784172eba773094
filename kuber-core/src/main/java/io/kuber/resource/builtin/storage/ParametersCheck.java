package io.kuber.resource.builtin.storage;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What classes of volumes have in common: a driver, and parameters that it understands. */
final class ParametersCheck {
  private static final int MAX_COUNT = 512;
  private static final int MAX_SIZE = 256 << 10;

  private ParametersCheck() {}

  static void checkDriver(String name, Tree tree, Problems problems) {
    FieldPath field = FieldPath.ROOT.child(name);
    if (tree.text(name).isEmpty()) {
      problems.required(field, "");
    } else {
      Names.checkKey(field, tree.text(name).toLowerCase(Locale.ROOT), problems);
    }
  }

  static void check(Tree parameters, Problems problems) {
    FieldPath field = FieldPath.ROOT.child("parameters");
    if (parameters.size() > MAX_COUNT) {
      problems.tooLong(field, MAX_COUNT);
      return;
    }
    long size = 0;
    for (Map.Entry<String, String> parameter : parameters.texts().entrySet()) {
      size += parameter.getKey().length() + (long) parameter.getValue().length();
      if (parameter.getKey().isEmpty()) {
        problems.invalid(field, "", "field can not be empty.");
      }
    }
    if (size > MAX_SIZE) {
      problems.tooLong(field, MAX_SIZE);
    }
  }

  /** Reports a field that changed although classes of volumes never change. */
  static void checkSame(String field, KubeObject updated, KubeObject old, Problems problems) {
    if (!Objects.equals(updated.tree().get(field), old.tree().get(field))) {
      problems.forbidden(FieldPath.ROOT.child(field), "updates to " + field + " are forbidden.");
    }
  }
}
