package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.selector.LabelSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with what a pod puts up with, and with what it waits for. */
final class SchedulingCheck {
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private SchedulingCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    List<Tree> readiness = spec.items("readinessGates").trees();
    for (int i = 0; i < readiness.size(); i++) {
      Names.checkKey(
          path.child("readinessGates").index(i).child("conditionType"),
          readiness.get(i).text("conditionType"),
          problems);
    }
    Set<String> names = new HashSet<>();
    List<Tree> gates = spec.items("schedulingGates").trees();
    for (int i = 0; i < gates.size(); i++) {
      FieldPath field = path.child("schedulingGates").index(i);
      String name = gates.get(i).text("name");
      Names.checkKey(field, name, problems);
      if (!names.add(name)) {
        problems.duplicate(field, name);
      }
    }
    List<Tree> tolerations = spec.items("tolerations").trees();
    for (int i = 0; i < tolerations.size(); i++) {
      checkToleration(path.child("tolerations").index(i), tolerations.get(i), problems);
    }
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
