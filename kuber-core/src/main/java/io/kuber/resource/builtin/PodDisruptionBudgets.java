package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.ConditionsCheck;
import io.kuber.resource.check.IntOrPercent;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.SelectorCheck;
import io.kuber.resource.check.Texts;
import java.util.List;

/** {@code policy/v1 PodDisruptionBudget}. */
final class PodDisruptionBudgets implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.POD_DISRUPTION_BUDGETS,
              new PodDisruptionBudgets(),
              Columns.none()
                  .name()
                  .text("Min Available", (budget, now) -> amount(budget, "minAvailable"))
                  .text("Max Unavailable", (budget, now) -> amount(budget, "maxUnavailable"))
                  .integer(
                      "Allowed Disruptions",
                      (budget, now) -> budget.status().number(0, "disruptionsAllowed"))
                  .age())
          .with(Trait.STATUS, Trait.GENERATION);

  private static final List<String> EVICTION_POLICIES = List.of("AlwaysAllow", "IfHealthyBudget");

  private PodDisruptionBudgets() {}

  private static String amount(KubeObject budget, String field) {
    Object amount = budget.spec().get(field);
    return amount == null ? "N/A" : amount.toString();
  }

  @Override
  public Tree firstStatus() {
    return Tree.of(
        "disruptionsAllowed", 0L, "currentHealthy", 0L, "desiredHealthy", 0L, "expectedPods", 0L);
  }

  @Override
  public void check(KubeObject budget, Problems problems) {
    MetadataCheck.check(budget, NameForm.PATH_SEGMENT, problems);
    Tree spec = budget.spec();
    if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
      problems.invalid(
          FieldPath.SPEC, shown(spec), "minAvailable and maxUnavailable cannot be both set");
    }
    for (String name : new String[] {"minAvailable", "maxUnavailable"}) {
      Object amount = spec.get(name);
      if (amount != null) {
        IntOrPercent.check(FieldPath.SPEC.child(name), amount, problems);
        IntOrPercent.checkAtMostAll(FieldPath.SPEC.child(name), amount, problems);
      }
    }
    SelectorCheck.check(FieldPath.SPEC.child("selector"), spec.tree("selector"), problems);
    if (spec.has("unhealthyPodEvictionPolicy")) {
      Texts.checkOneOf(
          FieldPath.SPEC, spec, "unhealthyPodEvictionPolicy", EVICTION_POLICIES, problems);
    }
  }

  /** Kubernetes shows all fields of the spec here, by the names that they have inside it. */
  private static Tree shown(Tree spec) {
    return Tree.of(
        "MinAvailable",
        orNil(spec, "minAvailable"),
        "Selector",
        orNil(spec, "selector"),
        "MaxUnavailable",
        orNil(spec, "maxUnavailable"),
        "UnhealthyPodEvictionPolicy",
        orNil(spec, "unhealthyPodEvictionPolicy"));
  }

  private static Object orNil(Tree spec, String name) {
    Object value = spec.get(name);
    return value == null ? Nil.NIL : value;
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    ConditionsCheck.check(FieldPath.ROOT.child("status", "conditions"), updated.status(), problems);
    Counts.check(
        updated,
        problems,
        "disruptionsAllowed",
        "currentHealthy",
        "desiredHealthy",
        "expectedPods");
  }
}
