package io.kuber.controller.garbage;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Fetches an object with its owners and dependents and lets {@link GarbagePlanner} decide. */
public final class GarbageController implements Controller {
  private final Supplier<List<ResourceType>> resources;

  /** {@code resources} are all that are served now. */
  public GarbageController(Supplier<List<ResourceType>> resources) {
    this.resources = resources;
  }

  @Override
  public String name() {
    return "garbage-collector-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.onAll(this::concerned));
  }

  private void concerned(Change change, View view, Consumer<Key> sink) {
    if (change.key().resource().equals(Resources.EVENTS.qualifiedName())) {
      return;
    }
    KubeObject object = change.after();
    boolean ending = change.isDeletion() || object.isBeingDeleted();
    if (ending && !isQuietLoop(change)) {
      view.dependents(object.uid()).forEach(sink);
    }
    if (change.isDeletion()) {
      owners(object).forEach(sink);
    } else if (object.isBeingDeleted() || ownersChanged(change)) {
      sink.accept(change.key());
    }
    if (ownersChanged(change)) {
      // An owner that waits for its dependents may have lost its last one.
      change.before().ifPresent(before -> owners(before).forEach(sink));
    }
  }

  /** A change of an object in deletion that takes nothing from its dependents. */
  private static boolean isQuietLoop(Change change) {
    return !change.isDeletion()
        && change.before().filter(KubeObject::isBeingDeleted).isPresent()
        && change
            .before()
            .map(KubeObject::finalizers)
            .equals(Optional.of(change.after().finalizers()));
  }

  private static boolean ownersChanged(Change change) {
    List<OwnerReference> before = change.before().map(KubeObject::owners).orElse(List.of());
    return !before.equals(change.after().owners());
  }

  private List<Key> owners(KubeObject object) {
    List<Key> keys = new ArrayList<>();
    for (OwnerReference owner : object.owners()) {
      typeOf(owner).ifPresent(type -> keys.add(keyOf(type, owner, object)));
    }
    return keys;
  }

  private static Key keyOf(ResourceType type, OwnerReference owner, KubeObject object) {
    return type.key(type.namespaced() ? object.namespace() : "", owner.name());
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<ResourceType> type = typeOf(key);
    Optional<KubeObject> object = view.get(key);
    return type.isEmpty() || object.isEmpty()
        ? Plan.NOTHING
        : GarbagePlanner.plan(
            type.get(), object.get(), ownersOf(view, object.get()), dependents(view, object.get()));
  }

  private List<Owner> ownersOf(View view, KubeObject object) {
    List<Owner> owners = new ArrayList<>();
    for (OwnerReference reference : object.owners()) {
      owners.add(
          typeOf(reference)
              .map(type -> owner(view, reference, type, object))
              .orElse(new Owner(reference, Owner.State.SOLID)));
    }
    return owners;
  }

  private static Owner owner(
      View view, OwnerReference reference, ResourceType type, KubeObject object) {
    if (type.namespaced() && object.namespace().isEmpty()) {
      return new Owner(reference, Owner.State.OUT_OF_SCOPE);
    }
    Owner.State state =
        view.get(keyOf(type, reference, object))
            .filter(found -> found.uid().equals(reference.uid()))
            .map(found -> waits(found) ? Owner.State.WAITING : Owner.State.SOLID)
            .orElseGet(() -> goneOrElsewhere(view, reference, type));
    return new Owner(reference, state);
  }

  private static Owner.State goneOrElsewhere(
      View view, OwnerReference reference, ResourceType type) {
    return type.namespaced()
            && view.list(Resources.NAMESPACES, "").stream()
                .flatMap(other -> view.get(type, other.name(), reference.name()).stream())
                .anyMatch(found -> found.uid().equals(reference.uid()))
        ? Owner.State.ELSEWHERE
        : Owner.State.GONE;
  }

  private static boolean waits(KubeObject owner) {
    return owner.isBeingDeleted() && owner.finalizers().contains(GarbagePlanner.FOREGROUND);
  }

  private List<Dependent> dependents(View view, KubeObject object) {
    List<Dependent> dependents = new ArrayList<>();
    if (!object.isBeingDeleted() && object.owners().isEmpty()) {
      return dependents;
    }
    for (Key key : view.dependents(object.uid())) {
      Optional<ResourceType> type = typeOf(key);
      Optional<KubeObject> found = view.get(key);
      if (type.isPresent() && found.isPresent()) {
        dependents.add(new Dependent(type.get(), found.get()));
      }
    }
    return dependents;
  }

  private Optional<ResourceType> typeOf(Key key) {
    return resources.get().stream()
        .filter(type -> type.qualifiedName().equals(key.resource()))
        .findFirst();
  }

  /** By group and kind; the version does not matter, one object is served in all of them. */
  private Optional<ResourceType> typeOf(OwnerReference owner) {
    int slash = owner.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : owner.apiVersion().substring(0, slash);
    return resources.get().stream()
        .filter(type -> type.kind().equals(owner.kind()))
        .filter(type -> type.group().equals(group) || group.equals("extensions"))
        .findFirst();
  }
}
