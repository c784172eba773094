package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Scale, columns and selectable fields of a definition. */
final class PartsCheck {
  private static final int MAX_SELECTABLE_FIELDS = 8;
  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> COLUMN_FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
  private static final List<String> SELECTABLE_TYPES = List.of("string", "boolean", "integer");

  private PartsCheck() {}

  static void checkScale(Tree subresources, FieldPath path, Problems problems) {
    if (!(subresources.get("scale") instanceof Tree scale)) {
      return;
    }
    checkPath(scale, "specReplicasPath", ".spec.", "under .spec", path, problems);
    checkPath(scale, "statusReplicasPath", ".status.", "under .status", path, problems);
    String selector = scale.text("labelSelectorPath");
    FieldPath field = path.child("scale.labelSelectorPath");
    if (!selector.isEmpty()
        && isSimplePath(selector, field, problems)
        && !selector.startsWith(".spec.")
        && !selector.startsWith(".status.")) {
      problems.invalid(field, selector, "should be a json path under either .spec or .status");
    }
  }

  private static void checkPath(
      Tree scale, String name, String prefix, String where, FieldPath path, Problems problems) {
    String value = scale.text(name);
    FieldPath field = path.child("scale." + name);
    if (value.isEmpty()) {
      problems.required(field, "");
    } else if (isSimplePath(value, field, problems) && !value.startsWith(prefix)) {
      problems.invalid(field, value, "should be a json path " + where);
    }
  }

  private static boolean isSimplePath(String path, FieldPath field, Problems problems) {
    if (path.startsWith(".")) {
      return true;
    }
    problems.invalid(field, path, "must be a simple json path starting with .");
    return false;
  }

  static void checkColumn(Tree column, FieldPath path, Problems problems) {
    if (column.text("name").isEmpty()) {
      problems.required(path.child("name"), "");
    }
    String types = "must be one of " + String.join(",", COLUMN_TYPES);
    String type = column.text("type");
    if (type.isEmpty()) {
      problems.required(path.child("type"), types);
    } else if (!COLUMN_TYPES.contains(type)) {
      problems.invalid(path.child("type"), type, types);
    }
    String format = column.text("format");
    if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
      problems.invalid(
          path.child("format"), format, "must be one of " + String.join(",", COLUMN_FORMATS));
    }
    String value = column.text("JSONPath");
    if (value.isEmpty()) {
      problems.required(path.child("JSONPath"), "");
    } else {
      isSimplePath(value, path.child("JSONPath"), problems);
    }
  }

  static void checkSelectable(Items fields, Tree schema, FieldPath path, Problems problems) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      FieldPath at = path.index(i).child("jsonPath");
      String value = fields.tree(i).text("jsonPath");
      if (value.isEmpty()) {
        problems.required(at, "");
        continue;
      }
      Tree found = schema;
      for (String name : value.substring(value.startsWith(".") ? 1 : 0).split("\\.", -1)) {
        found = found.tree("properties", name);
      }
      if (!value.startsWith(".") || found.isEmpty()) {
        String why =
            value.startsWith(".")
                ? "does not refer to a valid field"
                : "expected [ or . but got: " + value.split("[.\\[]", 2)[0];
        problems.invalid(at, value, "is an invalid path: " + why);
        continue;
      }
      if (value.startsWith(".metadata.")) {
        problems.invalid(at, value, "must not point to fields in metadata");
      }
      if (!SELECTABLE_TYPES.contains(found.text("type"))) {
        problems.invalid(
            at,
            value,
            "must point to a field of type string, boolean or integer. Enum string fields and"
                + " strings with formats are allowed.");
      }
      if (!seen.add(value)) {
        problems.duplicate(at, value);
      }
    }
    if (seen.size() > MAX_SELECTABLE_FIELDS) {
      problems.tooMany(path, seen.size(), MAX_SELECTABLE_FIELDS);
    }
  }
}
