package io.kuber.resource.check;

import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.selector.LabelSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which taints pods put up with (ValidateTolerations in core validation). */
public final class TolerationCheck {
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private TolerationCheck() {}

  /** Reports what is wrong with tolerations. */
  public static void check(FieldPath field, List<Tree> tolerations, Problems problems) {
    for (int i = 0; i < tolerations.size(); i++) {
      checkToleration(field.index(i), tolerations.get(i), problems);
    }
  }

  /** The same where none may stand twice, but for how long it holds. */
  public static void checkUnique(FieldPath field, List<Tree> tolerations, Problems problems) {
    check(field, tolerations, problems);
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < tolerations.size(); i++) {
      Tree each = tolerations.get(i);
      List<String> what =
          List.of(each.text("key"), each.text("operator"), each.text("value"), each.text("effect"));
      if (!seen.add(what)) {
        problems.duplicate(field.index(i), shown(each));
      }
    }
  }

  /** Kubernetes shows all fields here, by the names that they have inside it. */
  private static Tree shown(Tree toleration) {
    Object seconds = toleration.get("tolerationSeconds");
    return Tree.of(
        "Key",
        toleration.text("key"),
        "Operator",
        toleration.text("operator"),
        "Value",
        toleration.text("value"),
        "Effect",
        toleration.text("effect"),
        "TolerationSeconds",
        seconds == null ? Nil.NIL : seconds);
  }

  private static void checkToleration(FieldPath path, Tree toleration, Problems problems) {
    String key = toleration.text("key");
    String operator = toleration.text("operator");
    FieldPath field = path.child("operator");
    if (!key.isEmpty()) {
      Names.checkKey(path.child("key"), key, problems);
    } else if (!operator.equals("Exists")) {
      problems.invalid(
          field,
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    }
    if (toleration.has("tolerationSeconds") && !toleration.text("effect").equals("NoExecute")) {
      problems.invalid(
          path.child("effect"),
          toleration.text("effect"),
          "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    String value = toleration.text("value");
    switch (operator) {
      case "", "Equal" -> {
        List<String> errors = LabelSyntax.valueErrors(value);
        if (!errors.isEmpty()) {
          problems.invalid(field, value, String.join(";", errors));
        }
      }
      case "Exists" -> {
        if (!value.isEmpty()) {
          problems.invalid(field, toleration, "value must be empty when `operator` is 'Exists'");
        }
      }
      default -> problems.notSupported(field, operator, List.of("Equal", "Exists"));
    }
    Numbers.checkOneOf(path, toleration, "effect", EFFECTS, problems);
  }
}
