package io.kuber.resource.builtin.registration;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which requests webhooks and policies are about (pkg/apis/admissionregistration/validation). */
final class MatchCheck {
  static final List<String> FAILURE_POLICIES = List.of("Fail", "Ignore");
  static final List<String> MATCH_POLICIES = List.of("Equivalent", "Exact");
  static final List<String> REINVOCATIONS = List.of("IfNeeded", "Never");

  private static final List<String> OPERATIONS =
      List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
  private static final List<String> SCOPES = List.of("*", "Cluster", "Namespaced");
  private static final int MAX_CONDITIONS = 64;

  private MatchCheck() {}

  /** Reports what is wrong with the resources that a policy or its binding matches. */
  static void checkResources(FieldPath field, Tree match, Problems problems) {
    Texts.checkOneOf(field, match, "matchPolicy", MATCH_POLICIES, problems);
    for (String selector : new String[] {"namespaceSelector", "objectSelector"}) {
      SelectorCheck.check(field.child(selector), match.tree(selector), problems);
    }
    for (String list : new String[] {"resourceRules", "excludeResourceRules"}) {
      List<Tree> rules = match.items(list).trees();
      for (int i = 0; i < rules.size(); i++) {
        FieldPath names = field.child(list).index(i).child("resourceNames");
        List<String> texts = rules.get(i).items("resourceNames").texts();
        for (int n = 0; n < texts.size(); n++) {
          NameForm.PATH_SEGMENT.check(names.index(n), texts.get(n), problems);
        }
        Texts.checkUnique(names, texts, problems);
      }
      checkRules(field.child(list), match.items(list), problems);
    }
  }

  static void checkRules(FieldPath field, Items rules, Problems problems) {
    for (int i = 0; i < rules.size(); i++) {
      checkRule(field.index(i), rules.tree(i), problems);
    }
  }

  private static void checkRule(FieldPath field, Tree rule, Problems problems) {
    checkList(field, rule, "operations", "operations", problems);
    Texts.checkEachOneOf(field.child("operations"), rule.items("operations"), OPERATIONS, problems);
    checkList(field, rule, "apiGroups", "API groups", problems);
    checkList(field, rule, "apiVersions", "API versions", problems);
    checkNotEmpty(field.child("apiVersions"), rule.items("apiVersions"), problems);
    RuleResources.check(field.child("resources"), rule.items("resources"), problems);
    Numbers.checkOneOf(field, rule, "scope", SCOPES, problems);
  }

  private static void checkList(
      FieldPath field, Tree rule, String name, String what, Problems problems) {
    Items values = rule.items(name);
    if (values.isEmpty()) {
      problems.required(field.child(name), "");
    } else if (values.size() > 1 && values.contains("*")) {
      problems.invalid(
          field.child(name), values, "if '*' is present, must not specify other " + what);
    }
  }

  private static void checkNotEmpty(FieldPath field, Items values, Problems problems) {
    List<String> texts = values.texts();
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).isEmpty()) {
        problems.required(field.index(i), "");
      }
    }
  }

  static void checkConditions(FieldPath field, Items conditions, Problems problems) {
    if (conditions.size() > MAX_CONDITIONS) {
      problems.tooMany(field, conditions.size(), MAX_CONDITIONS);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      Tree condition = conditions.tree(i);
      if (condition.text("expression").isBlank()) {
        problems.required(field.index(i).child("expression"), "");
      }
      String name = condition.text("name");
      if (name.isEmpty()) {
        problems.required(field.index(i).child("name"), "");
      } else {
        Names.checkKey(field.index(i).child("name"), name, problems);
        if (!names.add(name)) {
          problems.duplicate(field.index(i).child("name"), name);
        }
      }
    }
  }
}
