package io.kuber.resource.builtin;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.ResourceNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with the scopes of a quota: which objects it counts at all. */
final class ScopeCheck {
  private static final Set<String> OF_PODS =
      Set.of(
          "pods",
          "cpu",
          "memory",
          "requests.cpu",
          "requests.memory",
          "limits.cpu",
          "limits.memory");

  private static final Set<String> OF_CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");

  private static final Set<String> SCOPES =
      Set.of(
          "Terminating",
          "NotTerminating",
          "BestEffort",
          "NotBestEffort",
          "PriorityClass",
          "CrossNamespacePodAffinity",
          "VolumeAttributesClass");

  private static final List<List<String>> CONFLICTS =
      List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"));

  private ScopeCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    Set<String> hard = new TreeSet<>();
    spec.tree("hard").forEach((name, amount) -> hard.add(name));
    FieldPath field = path.child("scopes");
    List<String> scopes = spec.items("scopes").texts();
    for (String scope : scopes) {
      if (!SCOPES.contains(scope)) {
        problems.invalid(field, spec.items("scopes"), "unsupported scope");
      }
      checkApplies(field, scope, hard, spec.items("scopes"), problems);
    }
    checkConflicts(field, spec, scopes, problems);
    checkSelector(path.child("scopeSelector"), spec, hard, problems);
  }

  private static void checkApplies(
      FieldPath field, String scope, Set<String> hard, Object value, Problems problems) {
    for (String name : hard) {
      if (ResourceNames.isOfQuotas(name) && !applies(scope, name)) {
        problems.invalid(field, value, "unsupported scope applied to resource");
      }
    }
  }

  private static boolean applies(String scope, String name) {
    return switch (scope) {
      case "BestEffort" -> name.equals("pods");
      case "VolumeAttributesClass" -> OF_CLAIMS.contains(name);
      case "Terminating",
          "NotTerminating",
          "NotBestEffort",
          "PriorityClass",
          "CrossNamespacePodAffinity" ->
          OF_PODS.contains(name);
      default -> true;
    };
  }

  private static void checkConflicts(
      FieldPath field, Tree spec, List<String> scopes, Problems problems) {
    for (List<String> pair : CONFLICTS) {
      if (new HashSet<>(scopes).containsAll(pair)) {
        problems.invalid(field, spec.items("scopes"), "conflicting scopes");
      }
    }
  }

  private static void checkSelector(
      FieldPath path, Tree spec, Set<String> hard, Problems problems) {
    FieldPath field = path.child("matchExpressions");
    Tree selector = spec.tree("scopeSelector");
    List<String> scopes = new ArrayList<>();
    for (Tree expression : selector.items("matchExpressions").trees()) {
      String scope = expression.text("scopeName");
      scopes.add(scope);
      if (!SCOPES.contains(scope)) {
        problems.invalid(field.child("scopeName"), scope, "unsupported scope");
      }
      checkApplies(field, scope, hard, selector, problems);
      checkOperator(field, scope, expression, problems);
    }
    checkConflicts(field, spec, scopes, problems);
  }

  private static void checkOperator(
      FieldPath field, String scope, Tree expression, Problems problems) {
    String operator = expression.text("operator");
    boolean byValue = scope.equals("PriorityClass") || scope.equals("VolumeAttributesClass");
    if (SCOPES.contains(scope) && !byValue && !operator.equals("Exists")) {
      problems.invalid(
          field.child("operator"),
          operator,
          "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
              + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
              + " ResourceQuotaScopeNotBestEffort or"
              + " ResourceQuotaScopeCrossNamespacePodAffinity");
    }
    boolean values = !expression.items("values").isEmpty();
    switch (operator) {
      case "In", "NotIn" -> {
        if (!values) {
          problems.required(
              field.child("values"),
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values) {
          problems.invalid(
              field.child("values"),
              expression.items("values"),
              "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
        }
      }
      default ->
          problems.invalid(field.child("operator"), operator, "not a valid selector operator");
    }
  }
}
