package io.kuber.resource.builtin.flowcontrol;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What may stand in the rules of flow schemas (pkg/apis/flowcontrol/validation). */
final class FlowRuleCheck {
  private static final List<String> VERBS =
      List.of(
          "create",
          "delete",
          "deletecollection",
          "get",
          "list",
          "patch",
          "proxy",
          "update",
          "watch");

  private static final NameForm NAMESPACE =
      Names.LABEL.after("each member of this list must be '*' or a DNS-1123 label; ");

  private FlowRuleCheck() {}

  static void check(Items rules, Problems problems) {
    for (int i = 0; i < rules.size(); i++) {
      check(FieldPath.SPEC.child("rules").index(i), rules.tree(i), problems);
    }
  }

  /** Reports conditions without a type, and those of a type that there was already. */
  static void checkConditions(KubeObject object, Problems problems) {
    FieldPath field = FieldPath.ROOT.child("status", "conditions");
    List<Tree> conditions = object.status().items("conditions").trees();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      String type = conditions.get(i).text("type");
      if (!seen.add(type)) {
        problems.duplicate(field.index(i).child("type"), type);
      }
      if (type.isEmpty()) {
        problems.required(field.index(i).child("type"), "must not be empty");
      }
    }
  }

  private static void check(FieldPath field, Tree rule, Problems problems) {
    List<Tree> subjects = rule.items("subjects").trees();
    if (subjects.isEmpty()) {
      problems.required(field.child("subjects"), "subjects must contain at least one value");
    }
    for (int i = 0; i < subjects.size(); i++) {
      FlowSubjectCheck.check(field.child("subjects").index(i), subjects.get(i), problems);
    }
    List<Tree> resources = rule.items("resourceRules").trees();
    List<Tree> others = rule.items("nonResourceRules").trees();
    if (resources.isEmpty() && others.isEmpty()) {
      problems.required(
          field, "at least one of resourceRules and nonResourceRules has to be non-empty");
    }
    for (int i = 0; i < resources.size(); i++) {
      checkResources(field.child("resourceRules").index(i), resources.get(i), problems);
    }
    for (int i = 0; i < others.size(); i++) {
      checkOthers(field.child("nonResourceRules").index(i), others.get(i), problems);
    }
  }

  private static void checkResources(FieldPath field, Tree rule, Problems problems) {
    checkVerbs(field, rule, problems);
    String missing = "resource rules must supply at least one ";
    checkWildcard(field, rule, "apiGroups", missing + "api group", "api groups", problems);
    checkWildcard(field, rule, "resources", missing + "resource", "resources", problems);
    FieldPath list = field.child("namespaces");
    List<String> namespaces = rule.items("namespaces").texts();
    if (namespaces.isEmpty() && !rule.isTrue("clusterScope")) {
      problems.required(
          list, "resource rules that are not cluster scoped must supply at least one namespace");
    } else if (namespaces.contains("*")) {
      if (namespaces.size() > 1) {
        problems.invalid(
            list, rule.items("namespaces"), "if '*' is present, must not specify other namespaces");
      }
    } else {
      for (int i = 0; i < namespaces.size(); i++) {
        NAMESPACE.check(list.index(i), namespaces.get(i), problems);
      }
    }
  }

  private static void checkOthers(FieldPath field, Tree rule, Problems problems) {
    checkVerbs(field, rule, problems);
    checkWildcard(
        field,
        rule,
        "nonResourceURLs",
        "nonResourceURLs must contain at least one value",
        "non-resource URLs",
        problems);
    List<String> urls = rule.items("nonResourceURLs").texts();
    for (int i = 0; i < urls.size() && !urls.contains("*"); i++) {
      checkUrl(field.child("nonResourceURLs").index(i), urls.get(i), problems);
    }
  }

  private static void checkUrl(FieldPath field, String url, Problems problems) {
    int star = url.indexOf('*');
    if (url.isEmpty()) {
      problems.invalid(field, url, "must not be empty");
    } else if (!url.startsWith("/")) {
      problems.invalid(field, url, "must start with slash");
    } else if (url.contains(" ")) {
      problems.invalid(field, url, "must not contain white-space");
    } else if (url.contains("//")) {
      problems.invalid(field, url, "must not contain double slash");
    } else if (star >= 0 && (star < url.length() - 1 || !url.endsWith("/*"))) {
      problems.invalid(field, url, "wildcard can only do suffix matching");
    }
  }

  private static void checkVerbs(FieldPath field, Tree rule, Problems problems) {
    checkWildcard(field, rule, "verbs", "verbs must contain at least one value", "verbs", problems);
    List<String> verbs = rule.items("verbs").texts();
    if (!verbs.contains("*") && !VERBS.containsAll(verbs)) {
      problems.notSupported(field.child("verbs"), rule.items("verbs"), VERBS);
    }
  }

  private static void checkWildcard(
      FieldPath field, Tree rule, String name, String missing, String what, Problems problems) {
    Items values = rule.items(name);
    if (values.isEmpty()) {
      problems.required(field.child(name), missing);
    } else if (values.size() > 1 && values.contains("*")) {
      problems.invalid(
          field.child(name), values, "if '*' is present, must not specify other " + what);
    }
  }
}
