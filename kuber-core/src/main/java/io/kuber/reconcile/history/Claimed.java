package io.kuber.reconcile.history;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Claim;
import io.kuber.reconcile.Plan;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.view.View;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The pods and the revisions that an owner has by its selector, or is about to have.
 *
 * @param owner a DaemonSet or a StatefulSet
 * @param hashLabel the label of a revision that has its hash
 */
public record Claimed(View view, KubeObject owner, String hashLabel, Claim pods, Claim revisions) {
  /** What an owner of that type has; {@code isPod} says which pods can be its own. */
  public static Claimed of(
      View view,
      ResourceType type,
      KubeObject owner,
      String hashLabel,
      Predicate<KubeObject> isPod) {
    LabelSelector selector = LabelSelector.ofSpec(owner.spec());
    return new Claimed(
        view,
        owner,
        hashLabel,
        Claim.of(view, Resources.PODS, type, owner, selector, isPod),
        Claim.of(view, Resources.CONTROLLER_REVISIONS, type, owner, selector, revision -> true));
  }

  /** The plan for what is there, once nothing is left to be adopted or released. */
  public Plan plan(BiFunction<List<KubeObject>, History, Plan> planner) {
    if (!pods.changes().isEmpty()) {
      return pods.plan();
    } else if (!revisions.changes().isEmpty()) {
      return revisions.plan();
    }
    History history =
        History.of(
            owner,
            hashLabel,
            revisions.owned(),
            name -> view.get(Resources.CONTROLLER_REVISIONS, owner.namespace(), name));
    return planner.apply(pods.owned(), history);
  }
}
