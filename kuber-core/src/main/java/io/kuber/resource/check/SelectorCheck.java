package io.kuber.resource.check;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.selector.InvalidSelectorException;
import io.kuber.selector.LabelSelector;
import io.kuber.selector.LabelSyntax;
import java.util.List;

/** Label selectors inside objects. */
public final class SelectorCheck {
  private SelectorCheck() {}

  /** Reports what is wrong with a selector that may be empty (ValidateLabelSelector). */
  public static void check(FieldPath field, Tree selector, Problems problems) {
    MetadataCheck.checkLabels(
        field.child("matchLabels"), selector.tree("matchLabels").texts(), problems);
    List<Tree> expressions = selector.items("matchExpressions").trees();
    for (int i = 0; i < expressions.size(); i++) {
      checkExpression(field.child("matchExpressions").index(i), expressions.get(i), problems);
    }
  }

  private static void checkExpression(FieldPath field, Tree expression, Problems problems) {
    List<String> values = expression.items("values").texts();
    switch (expression.text("operator")) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          problems.required(
              field.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          problems.forbidden(
              field.child("values"),
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default ->
          problems.invalid(
              field.child("operator"),
              expression.text("operator"),
              "not a valid selector operator");
    }
    Names.checkKey(field.child("key"), expression.text("key"), problems);
    for (int i = 0; i < values.size(); i++) {
      for (String error : LabelSyntax.valueErrors(values.get(i))) {
        problems.invalid(field.child("values").index(i), values.get(i), error);
      }
    }
  }

  /**
   * Reports a workload's selector that is missing, empty, malformed, or does not match the
   * template.
   *
   * @param path of the spec
   * @param kind as messages name it, such as {@code deployment}
   */
  public static void checkOfWorkload(FieldPath path, Tree spec, String kind, Problems problems) {
    FieldPath field = path.child("selector");
    Tree selector = spec.tree("selector");
    if (!spec.has("selector")) {
      problems.required(field, "");
    } else {
      check(field, selector, problems);
      if (selector.tree("matchLabels").isEmpty() && selector.items("matchExpressions").isEmpty()) {
        problems.invalid(field, selector, "empty selector is invalid for " + kind);
      }
    }
    checkMatches(path, spec, problems);
  }

  /** Reports that the selector of a spec does not select what its template makes. */
  public static void checkMatches(FieldPath path, Tree spec, Problems problems) {
    Tree labels = spec.tree("template", "metadata", "labels");
    try {
      LabelSelector parsed =
          spec.get("selector") instanceof Tree selector
              ? LabelSelector.of(selector)
              : LabelSelector.NOTHING;
      if (!parsed.matches(labels)) {
        problems.invalid(
            path.child("template", "metadata", "labels"),
            labels,
            "`selector` does not match template `labels`");
      }
    } catch (InvalidSelectorException reportedAlready) {
      return;
    }
  }
}
