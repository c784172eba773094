package io.kuber.resource.builtin.rbac;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;

/** What may stand in the rules of roles (pkg/apis/rbac/validation). */
final class RuleCheck {
  private RuleCheck() {}

  static void check(Items rules, boolean namespaced, Problems problems) {
    for (int i = 0; i < rules.size(); i++) {
      check(FieldPath.ROOT.child("rules").index(i), rules.tree(i), namespaced, problems);
    }
  }

  private static void check(FieldPath field, Tree rule, boolean namespaced, Problems problems) {
    require(field, rule, "verbs", "verbs must contain at least one value", problems);
    Items urls = rule.items("nonResourceURLs");
    if (!urls.isEmpty()) {
      checkUrls(field.child("nonResourceURLs"), rule, urls, namespaced, problems);
      return;
    }
    require(
        field, rule, "apiGroups", "resource rules must supply at least one api group", problems);
    require(field, rule, "resources", "resource rules must supply at least one resource", problems);
  }

  private static void checkUrls(
      FieldPath field, Tree rule, Items urls, boolean namespaced, Problems problems) {
    if (namespaced) {
      problems.invalid(field, urls, "namespaced rules cannot apply to non-resource URLs");
    }
    boolean mixed =
        !rule.items("apiGroups").isEmpty()
            || !rule.items("resources").isEmpty()
            || !rule.items("resourceNames").isEmpty();
    if (mixed) {
      problems.invalid(
          field, urls, "rules cannot apply to both regular resources and non-resource URLs");
    }
  }

  private static void require(
      FieldPath field, Tree rule, String list, String why, Problems problems) {
    if (rule.items(list).isEmpty()) {
      problems.required(field.child(list), why);
    }
  }
}
