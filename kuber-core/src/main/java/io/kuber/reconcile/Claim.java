package io.kuber.reconcile;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.selector.LabelSelector;
import io.kuber.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which objects an owner has, which orphans it adopts and which it lets go, by the rules of
 * Kubernetes: a controlled object that no longer matches the selector is released, a matching one
 * without a controller is adopted, unless either is being deleted.
 *
 * @param owned what the owner controls and keeps
 * @param confirmations what has to be sure before the changes: an owner that is gone must not adopt
 * @param changes adoptions and releases; once done they trigger the next plan
 */
public record Claim(List<KubeObject> owned, List<Action> confirmations, List<Action> changes) {
  /** Copies the lists. */
  public Claim {
    owned = List.copyOf(owned);
    confirmations = List.copyOf(confirmations);
    changes = List.copyOf(changes);
  }

  /** Looks at all objects of the type in the owner's namespace that pass {@code filter}. */
  public static Claim of(
      View view,
      ResourceType type,
      ResourceType ownerType,
      KubeObject owner,
      LabelSelector selector,
      Predicate<KubeObject> filter) {
    List<KubeObject> owned = new ArrayList<>();
    List<Action> changes = new ArrayList<>();
    boolean adopts = false;
    for (KubeObject object : view.controlledBy(type, owner.uid())) {
      if (!filter.test(object)) {
        continue;
      }
      if (matches(selector, object)) {
        owned.add(object);
      } else if (!owner.isBeingDeleted()) {
        changes.add(new Action.Update(type, release(object, owner)));
      }
    }
    if (!owner.isBeingDeleted()) {
      for (KubeObject orphan : view.orphans(type, owner.namespace())) {
        if (filter.test(orphan) && !orphan.isBeingDeleted() && matches(selector, orphan)) {
          changes.add(new Action.Update(type, adopt(orphan, owner)));
          adopts = true;
        }
      }
    }
    Action confirmation = new Action.Confirm(ownerType, owner);
    return new Claim(owned, adopts ? List.of(confirmation) : List.of(), changes);
  }

  private static boolean matches(LabelSelector selector, KubeObject object) {
    return selector.matches(object.metadata().tree("labels"));
  }

  private static KubeObject adopt(KubeObject orphan, KubeObject owner) {
    Tree reference = OwnerReference.controllerOf(owner).toTree();
    Items references = orphan.metadata().items("ownerReferences").plus(reference);
    return orphan.with(references, "metadata", "ownerReferences");
  }

  private static KubeObject release(KubeObject object, KubeObject owner) {
    List<Tree> kept = new ArrayList<>(object.metadata().items("ownerReferences").trees());
    kept.removeIf(reference -> reference.text("uid").equals(owner.uid()));
    return kept.isEmpty()
        ? object.without("metadata", "ownerReferences")
        : object.with(Items.copyOf(kept), "metadata", "ownerReferences");
  }

  /** A plan that does the changes and nothing else. */
  public Plan plan() {
    return Plan.builder().together(confirmations).together(changes).build();
  }
}
