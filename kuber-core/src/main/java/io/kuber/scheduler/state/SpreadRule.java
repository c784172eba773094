package io.kuber.scheduler.state;

import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;

/**
 * How evenly pods are to be spread over places.
 *
 * @param topologyKey the label of nodes that makes a place
 * @param maxSkew how many more pods than the emptiest place one may have
 * @param minDomains with fewer places than this, the emptiest counts as empty
 * @param hard whether a node that breaks the rule is out, or only worse
 * @param selector which pods of the own namespace count
 * @param honorsAffinity whether only nodes count that the pod may go to
 * @param honorsTaints whether only nodes count whose taints the pod tolerates
 */
public record SpreadRule(
    String topologyKey,
    int maxSkew,
    int minDomains,
    boolean hard,
    LabelSelector selector,
    boolean honorsAffinity,
    boolean honorsTaints) {

  static SpreadRule of(Tree rule, Tree labels) {
    return new SpreadRule(
        rule.text("topologyKey"),
        (int) rule.number(1, "maxSkew"),
        (int) rule.number(1, "minDomains"),
        !rule.text("whenUnsatisfiable").equals("ScheduleAnyway"),
        AffinityTerm.keyed(rule, labels),
        !rule.text("nodeAffinityPolicy").equals("Ignore"),
        rule.text("nodeTaintsPolicy").equals("Honor"));
  }

  /** A rule of the cluster itself for pods that have none: soft, for the pods of one owner. */
  static SpreadRule byDefault(String topologyKey, int maxSkew, LabelSelector selector) {
    return new SpreadRule(topologyKey, maxSkew, 1, false, selector, true, false);
  }
}
