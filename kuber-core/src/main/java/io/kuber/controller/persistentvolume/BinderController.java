package io.kuber.controller.persistentvolume;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches a claim or a volume with the other side, and lets the planners decide. */
public final class BinderController implements Controller {
  private static final String CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS.qualifiedName();

  @Override
  public String name() {
    return "persistent-volume-binder";
  }

  @Override
  public String reporter() {
    return "persistentvolume-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.PERSISTENT_VOLUME_CLAIMS),
        Trigger.itself(Resources.PERSISTENT_VOLUMES),
        Trigger.on(Resources.PERSISTENT_VOLUME_CLAIMS, BinderController::ofClaim),
        Trigger.on(Resources.PERSISTENT_VOLUMES, BinderController::ofVolume),
        Trigger.on(Resources.STORAGE_CLASSES, (change, view, sink) -> unbound(view, sink)));
  }

  /** A claim that goes may not name the volume yet that was kept for it a moment ago. */
  private static void ofClaim(Change change, View view, Consumer<Key> sink) {
    for (KubeObject claim : change.states()) {
      volume(claim).ifPresent(sink);
    }
    if (change.isDeletion()) {
      view.list(Resources.PERSISTENT_VOLUMES, "").stream()
          .filter(volume -> Binding.isFor(volume, change.after()))
          .map(Resources.PERSISTENT_VOLUMES::keyOf)
          .forEach(sink);
    }
  }

  /** A volume that is free may be what any claim without a volume has waited for. */
  private static void ofVolume(Change change, View view, Consumer<Key> sink) {
    for (KubeObject volume : change.states()) {
      claim(volume).ifPresent(sink);
    }
    if (!Binding.isTaken(change.after())) {
      unbound(view, sink);
      view.list(Resources.PERSISTENT_VOLUME_CLAIMS, "").stream()
          .filter(claim -> claim.spec().text("volumeName").equals(change.key().name()))
          .map(Resources.PERSISTENT_VOLUME_CLAIMS::keyOf)
          .forEach(sink);
    }
  }

  private static void unbound(View view, Consumer<Key> sink) {
    view.list(Resources.PERSISTENT_VOLUME_CLAIMS, "").stream()
        .filter(claim -> claim.spec().text("volumeName").isEmpty())
        .map(Resources.PERSISTENT_VOLUME_CLAIMS::keyOf)
        .forEach(sink);
  }

  private static Optional<Key> volume(KubeObject claim) {
    String name = claim.spec().text("volumeName");
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(Resources.PERSISTENT_VOLUMES.key("", name));
  }

  private static Optional<Key> claim(KubeObject volume) {
    Tree reference = volume.spec().tree("claimRef");
    return reference.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Resources.PERSISTENT_VOLUME_CLAIMS.key(
                reference.text("namespace"), reference.text("name")));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(object -> !object.isBeingDeleted() || isReferring(object))
        .map(
            object ->
                key.resource().equals(CLAIMS)
                    ? planClaim(view, object)
                    : VolumePlanner.plan(object, claim(object).flatMap(view::get), now))
        .orElse(Plan.NOTHING);
  }

  /** A volume that is being deleted stays for its claim, and is released by it. */
  private static boolean isReferring(KubeObject object) {
    return !object.spec().text("claimRef", "uid").isEmpty();
  }

  private static Plan planClaim(View view, KubeObject claim) {
    Optional<KubeObject> volume = volume(claim).flatMap(view::get);
    if (Binding.isCompleted(claim)) {
      return ClaimPlanner.bound(claim, volume);
    }
    return claim.spec().text("volumeName").isEmpty()
        ? ClaimPlanner.unbound(
            claim,
            view.list(Resources.PERSISTENT_VOLUMES, ""),
            view.get(Resources.STORAGE_CLASSES, "", Matching.className(claim)))
        : ClaimPlanner.asked(claim, volume);
  }
}
