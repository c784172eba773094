package io.kuber.controller.clusterroleaggregation;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the rules of a role are that gathers those of others. Pure. */
final class AggregationPlanner {
  private AggregationPlanner() {}

  static boolean gathers(KubeObject role) {
    return role.tree().has("aggregationRule");
  }

  /**
   * Replaces the rules unless they are right, and only of the very role that was looked at: by now
   * people may have written rules of their own into one that is to gather no more.
   *
   * @param all in the order of their names
   */
  static Plan plan(KubeObject role, List<KubeObject> all) {
    Items rules = rules(role, all);
    return rules.equals(role.tree().items("rules"))
        ? Plan.NOTHING
        : Plan.of(new Action.Update(Resources.CLUSTER_ROLES, role.with(rules, "rules")));
  }

  /**
   * The rules of the first selector come first; none comes twice, and none from the role itself.
   */
  private static Items rules(KubeObject role, List<KubeObject> all) {
    Set<Object> rules = new LinkedHashSet<>();
    for (Tree tree : role.tree().items("aggregationRule", "clusterRoleSelectors").trees()) {
      LabelSelector selector = LabelSelector.of(tree);
      all.stream()
          .filter(other -> !other.name().equals(role.name()))
          .filter(other -> selector.matches(other.metadata().tree("labels")))
          .forEach(other -> rules.addAll(other.tree().items("rules").trees()));
    }
    return Items.copyOf(rules);
  }
}
