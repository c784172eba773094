package io.kuber.resource.old;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import java.util.Map;

/**
 * Disruption budgets of {@code v1beta1}, whose empty selector chooses no pod, where that of {@code
 * v1} chooses all (pkg/apis/policy/v1beta1/conversion.go).
 */
final class OldDisruptionBudgets implements Conversion {
  private static final String KEY = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";
  private static final Tree NONE = only("Exists");
  private static final Tree ALL = only("DoesNotExist");

  private static Tree only(String operator) {
    return Tree.of("matchExpressions", Items.of(Tree.of("key", KEY, "operator", operator)));
  }

  @Override
  public KubeObject toStored(KubeObject sent) {
    return swapped(sent, Map.of(Tree.EMPTY, NONE, ALL, Tree.EMPTY));
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    return swapped(stored, Map.of(NONE, Tree.EMPTY, Tree.EMPTY, ALL));
  }

  private static KubeObject swapped(KubeObject budget, Map<Tree, Tree> selectors) {
    Tree other =
        budget.spec().get("selector") instanceof Tree selector ? selectors.get(selector) : null;
    return other == null ? budget : budget.with(other, "spec", "selector");
  }
}
