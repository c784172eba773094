package io.kuber.resource.check;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.List;

/** Which nodes will do: terms of which one has to match (pkg/apis/core/validation). */
public final class NodeSelectorCheck {
  private NodeSelectorCheck() {}

  /** Reports what is wrong with a selector, which needs a term. */
  public static void check(FieldPath path, Tree selector, Problems problems) {
    FieldPath field = path.child("nodeSelectorTerms");
    List<Tree> terms = selector.items("nodeSelectorTerms").trees();
    if (terms.isEmpty()) {
      problems.required(field, "must have at least one node selector term");
    }
    for (int i = 0; i < terms.size(); i++) {
      checkTerm(field.index(i), terms.get(i), problems);
    }
  }

  /** Reports what is wrong with one term. */
  public static void checkTerm(FieldPath path, Tree term, Problems problems) {
    List<Tree> expressions = term.items("matchExpressions").trees();
    for (int i = 0; i < expressions.size(); i++) {
      checkExpression(path.child("matchExpressions").index(i), expressions.get(i), problems);
    }
    List<Tree> fields = term.items("matchFields").trees();
    for (int i = 0; i < fields.size(); i++) {
      checkField(path.child("matchFields").index(i), fields.get(i), problems);
    }
  }

  private static void checkExpression(FieldPath path, Tree expression, Problems problems) {
    int values = expression.items("values").size();
    FieldPath field = path.child("values");
    switch (expression.text("operator")) {
      case "In", "NotIn" -> {
        if (values == 0) {
          problems.required(field, "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values > 0) {
          problems.forbidden(
              field, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values != 1) {
          problems.required(
              field, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> refuseOperator(path, expression, problems);
    }
    Names.checkKey(path.child("key"), expression.text("key"), problems);
  }

  private static void checkField(FieldPath path, Tree expression, Problems problems) {
    List<String> values = expression.items("values").texts();
    String operator = expression.text("operator");
    if (!operator.equals("In") && !operator.equals("NotIn")) {
      refuseOperator(path, expression, problems);
    } else if (values.size() != 1) {
      problems.required(
          path.child("values"),
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
    }
    if (!expression.text("key").equals("metadata.name")) {
      problems.invalid(path.child("key"), expression.text("key"), "not a valid field selector key");
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      Names.SUBDOMAIN.check(path.child("values").index(i), values.get(i), problems);
    }
  }

  private static void refuseOperator(FieldPath path, Tree expression, Problems problems) {
    problems.invalid(
        path.child("operator"), expression.text("operator"), "not a valid selector operator");
  }
}
