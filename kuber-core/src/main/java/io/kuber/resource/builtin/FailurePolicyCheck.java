package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with what a job does about pods that fail. */
final class FailurePolicyCheck {
  private static final int MOST_RULES = 20;
  private static final int MOST_CONDITIONS = 20;
  private static final int MOST_CODES = 255;

  private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
  private static final List<String> OPERATORS = List.of("In", "NotIn");
  private static final List<String> STATUSES = List.of("False", "True", "Unknown");

  private FailurePolicyCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    List<Tree> rules = spec.items("podFailurePolicy", "rules").trees();
    FieldPath field = path.child("rules");
    if (rules.size() > MOST_RULES) {
      problems.tooMany(field, rules.size(), MOST_RULES);
    }
    for (int i = 0; i < rules.size(); i++) {
      checkRule(field.index(i), rules.get(i), spec, problems);
    }
  }

  private static void checkRule(FieldPath path, Tree rule, Tree spec, Problems problems) {
    String action = rule.text("action");
    checkSetAndOneOf(path.child("action"), action, ACTIONS, problems);
    if (action.equals("FailIndex") && !spec.has("backoffLimitPerIndex")) {
      problems.invalid(path.child("action"), action, "requires the backoffLimitPerIndex to be set");
    }
    boolean codes = rule.has("onExitCodes");
    boolean conditions = !rule.items("onPodConditions").isEmpty();
    if (codes) {
      checkCodes(path.child("onExitCodes"), rule.tree("onExitCodes"), spec, problems);
    }
    checkConditions(path.child("onPodConditions"), rule.items("onPodConditions").trees(), problems);
    if (codes && conditions) {
      problems.invalid(path, "specifying both OnExitCodes and OnPodConditions is not supported");
    } else if (!codes && !conditions) {
      problems.invalid(path, "specifying one of OnExitCodes and OnPodConditions is required");
    }
  }

  private static void checkSetAndOneOf(
      FieldPath field, String value, List<String> supported, Problems problems) {
    if (value.isEmpty()) {
      String choice = supported.stream().map(s -> '"' + s + '"').collect(Collectors.joining(" "));
      problems.required(field, "valid values: [" + choice + "]");
    } else if (!supported.contains(value)) {
      problems.notSupported(field, value, supported);
    }
  }

  private static void checkConditions(FieldPath path, List<Tree> conditions, Problems problems) {
    if (conditions.size() > MOST_CONDITIONS) {
      problems.tooMany(path, conditions.size(), MOST_CONDITIONS);
    }
    for (int i = 0; i < conditions.size(); i++) {
      Tree condition = conditions.get(i);
      Names.checkKey(path.index(i).child("type"), condition.text("type"), problems);
      checkSetAndOneOf(path.index(i).child("status"), condition.text("status"), STATUSES, problems);
    }
  }

  private static void checkCodes(FieldPath path, Tree codes, Tree spec, Problems problems) {
    String operator = codes.text("operator");
    checkSetAndOneOf(path.child("operator"), operator, OPERATORS, problems);
    String container = codes.text("containerName");
    if (codes.has("containerName") && !containers(spec).contains(container)) {
      problems.invalid(
          path.child("containerName"),
          container,
          "must be one of the container or initContainer names in the pod template");
    }
    FieldPath field = path.child("values");
    Items values = codes.items("values");
    if (values.isEmpty()) {
      problems.invalid(field, values, "at least one value is required");
    } else if (values.size() > MOST_CODES) {
      problems.tooMany(field, values.size(), MOST_CODES);
    }
    Set<Long> seen = new HashSet<>();
    long before = Long.MIN_VALUE;
    boolean ordered = true;
    for (int i = 0; i < values.size(); i++) {
      long code = values.get(i) instanceof Number number ? number.longValue() : 0;
      if (operator.equals("In") && code == 0) {
        problems.invalid(field.index(i), code, "must not be 0 for the In operator");
      }
      if (!seen.add(code)) {
        problems.duplicate(field.index(i), code);
      }
      ordered &= before <= code;
      before = code;
    }
    if (!ordered) {
      problems.invalid(field, values, "must be ordered");
    }
  }

  private static Set<String> containers(Tree spec) {
    Set<String> names = new HashSet<>();
    for (String list : new String[] {"containers", "initContainers"}) {
      spec.items("template", "spec", list).trees().forEach(c -> names.add(c.text("name")));
    }
    return names;
  }
}
