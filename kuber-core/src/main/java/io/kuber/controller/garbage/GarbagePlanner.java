package io.kuber.controller.garbage;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides what becomes of an object by what became of its owners and dependents. */
final class GarbagePlanner {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  private GarbagePlanner() {}

  static Plan plan(
      ResourceType type, KubeObject object, List<Owner> owners, List<Dependent> dependents) {
    if (object.isBeingDeleted()) {
      return ending(type, object, dependents);
    }
    return owners.isEmpty() ? Plan.NOTHING : living(type, object, owners, dependents);
  }

  private static Plan ending(ResourceType type, KubeObject object, List<Dependent> dependents) {
    if (object.finalizers().contains(ORPHAN)) {
      List<Action> releases = new ArrayList<>();
      for (Dependent dependent : dependents) {
        releases.add(
            withoutOwners(dependent.type(), dependent.object(), uid -> uid.equals(object.uid())));
      }
      return Plan.builder().together(releases).then(withoutFinalizer(type, object, ORPHAN)).build();
    }
    boolean blocked = dependents.stream().anyMatch(dependent -> dependent.blocks(object.uid()));
    return !object.finalizers().contains(FOREGROUND) || blocked
        ? Plan.NOTHING
        : Plan.of(withoutFinalizer(type, object, FOREGROUND));
  }

  private static Plan living(
      ResourceType type, KubeObject object, List<Owner> owners, List<Dependent> dependents) {
    Optional<Owner> outOfScope =
        owners.stream().filter(owner -> owner.state() == Owner.State.OUT_OF_SCOPE).findFirst();
    if (outOfScope.isPresent()) {
      return Plan.of(complaint(object, outOfScope.get().reference()));
    }
    List<String> notSolid =
        owners.stream()
            .filter(owner -> owner.state() != Owner.State.SOLID)
            .map(owner -> owner.reference().uid())
            .toList();
    if (notSolid.isEmpty()) {
      return Plan.NOTHING;
    }
    Plan.Builder plan =
        Plan.builder()
            .together(
                owners.stream()
                    .filter(owner -> owner.state() == Owner.State.ELSEWHERE)
                    .map(owner -> complaint(object, owner.reference()))
                    .toList());
    if (notSolid.size() < owners.size()) {
      return plan.then(withoutOwners(type, object, notSolid::contains)).build();
    }
    boolean isAwaited = owners.stream().anyMatch(owner -> owner.state() == Owner.State.WAITING);
    boolean inForeground = isAwaited && !dependents.isEmpty();
    boolean isCircle = inForeground && dependents.stream().anyMatch(Dependent::waits);
    if (isCircle && object.owners().stream().anyMatch(OwnerReference::blockOwnerDeletion)) {
      return plan.then(unblocked(type, object)).build();
    }
    return plan.then(delete(type, object, inForeground ? "Foreground" : policyOf(object))).build();
  }

  /**
   * An owner in a namespace cannot own what is not in it. An object of cluster scope is kept all
   * the same, since its owner may be there (upstream: garbagecollector.go).
   */
  private static Action complaint(KubeObject object, OwnerReference owner) {
    String message =
        "ownerRef [%s/%s, namespace: %s, name: %s, uid: %s] does not exist in namespace \"%s\""
            .formatted(
                owner.apiVersion(),
                owner.kind(),
                object.namespace(),
                owner.name(),
                owner.uid(),
                object.namespace());
    return new Action.Emit(Note.warning(object, "OwnerRefInvalidNamespace", message));
  }

  /** Objects that own each other in a circle would wait for each other for ever. */
  private static Action unblocked(ResourceType type, KubeObject object) {
    List<Tree> references =
        object.metadata().items("ownerReferences").trees().stream()
            .map(reference -> reference.with("blockOwnerDeletion", false))
            .toList();
    return new Action.Update(
        type, object.with(Items.copyOf(references), "metadata", "ownerReferences"));
  }

  private static String policyOf(KubeObject object) {
    if (object.finalizers().contains(ORPHAN)) {
      return "Orphan";
    }
    return object.finalizers().contains(FOREGROUND) ? "Foreground" : "Background";
  }

  private static Action delete(ResourceType type, KubeObject object, String policy) {
    return new Action.Delete(
        type,
        object.namespace(),
        object.name(),
        new DeleteOptions(-1, policy, object.uid(), object.resourceVersion()));
  }

  private static Action withoutOwners(
      ResourceType type, KubeObject object, Predicate<String> uids) {
    List<Tree> kept = new ArrayList<>(object.metadata().items("ownerReferences").trees());
    kept.removeIf(reference -> uids.test(reference.text("uid")));
    return new Action.Update(
        type,
        kept.isEmpty()
            ? object.without("metadata", "ownerReferences")
            : object.with(Items.copyOf(kept), "metadata", "ownerReferences"));
  }

  private static Action withoutFinalizer(ResourceType type, KubeObject object, String finalizer) {
    Items kept = object.metadata().items("finalizers").without(finalizer);
    return new Action.Update(type, object.with(kept, "metadata", "finalizers"));
  }
}
