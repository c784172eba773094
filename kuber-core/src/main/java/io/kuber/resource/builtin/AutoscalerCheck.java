package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.builtin.ReferenceCheck.Group;
import io.kuber.resource.check.Amounts;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.List;

/** What is wrong with an autoscaler: its target, its bounds and its pace. */
final class AutoscalerCheck {
  private static final long LONGEST_WINDOW = 3600;
  private static final long LONGEST_PERIOD = 1800;

  private static final FieldPath MAX = FieldPath.SPEC.child("maxReplicas");

  private AutoscalerCheck() {}

  /** Reports what is wrong with a new autoscaler. */
  static void check(KubeObject scaler, Problems problems) {
    check(scaler, groupOfTarget(scaler.spec()), Group.OPTIONAL, problems);
  }

  /** Reports what is wrong with a changed one; versions that were wrong already are forgiven. */
  static void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    Tree before = old.spec().tree("scaleTargetRef");
    Tree after = updated.spec().tree("scaleTargetRef");
    boolean same =
        before.text("kind").equals(after.text("kind"))
            && before.text("apiVersion").equals(after.text("apiVersion"));
    boolean wasWrong =
        old.spec().items("metrics").trees().stream()
            .anyMatch(
                m -> !Group.OPTIONAL.allows(m.text("object", "describedObject", "apiVersion")));
    check(
        updated,
        same ? Group.ANY : groupOfTarget(updated.spec()),
        wasWrong ? Group.ANY : Group.OPTIONAL,
        problems);
  }

  /** Of core there is one kind that has a scale. */
  private static Group groupOfTarget(Tree spec) {
    return spec.text("scaleTargetRef", "kind").equals("ReplicationController")
        ? Group.OPTIONAL
        : Group.REQUIRED;
  }

  private static void check(KubeObject scaler, Group target, Group objects, Problems problems) {
    MetadataCheck.check(scaler, Names.SUBDOMAIN, problems);
    Tree spec = scaler.spec();
    long least = spec.number(1, "minReplicas");
    long most = spec.number(0, "maxReplicas");
    if (least < 1) {
      problems.invalid(
          FieldPath.SPEC.child("minReplicas"), least, "must be greater than or equal to 1");
    }
    if (most < 1) {
      problems.invalid(MAX, most, "must be greater than 0");
    }
    if (most < least) {
      problems.invalid(MAX, most, "must be greater than or equal to `minReplicas`");
    }
    ReferenceCheck.check(
        FieldPath.SPEC.child("scaleTargetRef"), spec.tree("scaleTargetRef"), target, problems);
    checkMetrics(spec.items("metrics").trees(), least, objects, problems);
    for (String direction : new String[] {"scaleUp", "scaleDown"}) {
      if (spec.tree("behavior").has(direction)) {
        checkRules(
            FieldPath.SPEC.child("behavior", direction),
            spec.tree("behavior", direction),
            problems);
      }
    }
  }

  private static void checkMetrics(
      List<Tree> metrics, long least, Group objects, Problems problems) {
    FieldPath field = FieldPath.SPEC.child("metrics");
    for (int i = 0; i < metrics.size(); i++) {
      MetricCheck.check(field.index(i), metrics.get(i), objects, problems);
    }
    if (least == 0 && metrics.stream().noneMatch(m -> m.text("type").matches("Object|External"))) {
      problems.forbidden(
          field,
          "must specify at least one Object or External metric to support scaling to zero"
              + " replicas");
    }
  }

  private static void checkRules(FieldPath path, Tree rules, Problems problems) {
    long window = rules.number(0, "stabilizationWindowSeconds");
    FieldPath field = path.child("stabilizationWindowSeconds");
    if (window < 0) {
      problems.invalid(field, window, "must be greater than or equal to zero");
    }
    if (window > LONGEST_WINDOW) {
      problems.invalid(field, window, "must be less than or equal to " + LONGEST_WINDOW);
    }
    Texts.checkOneOf(path, rules, "selectPolicy", List.of("Disabled", "Max", "Min"), problems);
    List<Tree> policies = rules.items("policies").trees();
    if (policies.isEmpty()) {
      problems.required(path.child("policies"), "must specify at least one Policy");
    }
    for (int i = 0; i < policies.size(); i++) {
      checkPolicy(path.child("policies").index(i), policies.get(i), problems);
    }
    Object tolerance = rules.get("tolerance");
    if (tolerance != null) {
      Amounts.check(path.child("tolerance"), "", tolerance, problems);
    }
  }

  private static void checkPolicy(FieldPath path, Tree policy, Problems problems) {
    Texts.checkOneOf(path, policy, "type", List.of("Percent", "Pods"), problems);
    long value = policy.number(0, "value");
    if (value <= 0) {
      problems.invalid(path.child("value"), value, "must be greater than zero");
    }
    long period = policy.number(0, "periodSeconds");
    if (period <= 0) {
      problems.invalid(path.child("periodSeconds"), period, "must be greater than zero");
    }
    if (period > LONGEST_PERIOD) {
      problems.invalid(
          path.child("periodSeconds"), period, "must be less than or equal to " + LONGEST_PERIOD);
    }
  }
}
