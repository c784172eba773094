package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with how a pod's like are to be spread over the cluster. */
final class SpreadCheck {
  private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");
  private static final List<String> POLICIES = List.of("Honor", "Ignore");

  private SpreadCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    List<Tree> constraints = spec.items("topologySpreadConstraints").trees();
    Set<String> later = new HashSet<>();
    for (int i = constraints.size() - 1; i >= 0; i--) {
      Tree constraint = constraints.get(i);
      String pair =
          "{" + constraint.text("topologyKey") + ", " + constraint.text("whenUnsatisfiable") + "}";
      if (!later.add(pair)) {
        problems.duplicate(path.index(i).child("{topologyKey, whenUnsatisfiable}"), pair);
      }
    }
    for (int i = 0; i < constraints.size(); i++) {
      checkOne(path.index(i), constraints.get(i), problems);
    }
  }

  private static void checkOne(FieldPath path, Tree constraint, Problems problems) {
    checkPositive(path, constraint, "maxSkew", 0, problems);
    if (constraint.text("topologyKey").isEmpty()) {
      problems.required(path.child("topologyKey"), "can not be empty");
    }
    Texts.checkOneOf(path, constraint, "whenUnsatisfiable", ACTIONS, problems);
    checkDomains(path, constraint, problems);
    Numbers.checkOneOf(path, constraint, "nodeAffinityPolicy", POLICIES, problems);
    Numbers.checkOneOf(path, constraint, "nodeTaintsPolicy", POLICIES, problems);
    checkKeys(path.child("matchLabelKeys"), constraint, problems);
    SelectorCheck.check(path.child("labelSelector"), constraint.tree("labelSelector"), problems);
  }

  private static void checkPositive(
      FieldPath path, Tree constraint, String name, long otherwise, Problems problems) {
    long number = constraint.number(otherwise, name);
    if (number <= 0) {
      problems.invalid(path.child(name), number, "must be greater than zero");
    }
  }

  private static void checkDomains(FieldPath path, Tree constraint, Problems problems) {
    checkPositive(path, constraint, "minDomains", 1, problems);
    String action = constraint.text("whenUnsatisfiable");
    if (constraint.has("minDomains") && !action.equals("DoNotSchedule")) {
      problems.invalid(
          path.child("minDomains"),
          constraint.number(0, "minDomains"),
          "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
    }
  }

  private static void checkKeys(FieldPath path, Tree constraint, Problems problems) {
    List<String> keys = constraint.items("matchLabelKeys").texts();
    if (keys.isEmpty()) {
      return;
    }
    if (!constraint.has("labelSelector")) {
      problems.forbidden(path, "must not be specified when labelSelector is not set");
    }
    Tree selector = constraint.tree("labelSelector");
    Set<String> selected = new HashSet<>(selector.tree("matchLabels").texts().keySet());
    selector.items("matchExpressions").trees().forEach(e -> selected.add(e.text("key")));
    for (int i = 0; i < keys.size(); i++) {
      Names.checkKey(path.index(i), keys.get(i), problems);
      if (selected.contains(keys.get(i))) {
        problems.invalid(
            path.index(i), keys.get(i), "exists in both matchLabelKeys and labelSelector");
      }
    }
  }
}
