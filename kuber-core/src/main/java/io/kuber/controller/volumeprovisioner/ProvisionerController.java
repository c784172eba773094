package io.kuber.controller.volumeprovisioner;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Fetches a claim with its class and volume, or a volume, and lets the planners decide. */
public final class ProvisionerController implements Controller {
  private static final String CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS.qualifiedName();

  /** Acts as the binder does: both together are one controller of Kubernetes. */
  @Override
  public String name() {
    return "persistent-volume-binder";
  }

  @Override
  public String reporter() {
    return LocalVolume.DRIVER;
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.PERSISTENT_VOLUME_CLAIMS),
        Trigger.itself(Resources.PERSISTENT_VOLUMES),
        Trigger.on(Resources.STORAGE_CLASSES, (change, view, sink) -> waiting(view, sink)),
        Trigger.on(Resources.NODES, ProvisionerController::ofNode));
  }

  /** A node that became able to have volumes, or is gone, may be what a claim waits for. */
  private static void ofNode(Change change, View view, Consumer<Key> sink) {
    boolean before = change.before().filter(Candidates::isOpen).isPresent();
    if (change.isDeletion() || before != Candidates.isOpen(change.after())) {
      waiting(view, sink);
    }
  }

  private static void waiting(View view, Consumer<Key> sink) {
    view.list(Resources.PERSISTENT_VOLUME_CLAIMS, "").stream()
        .filter(claim -> claim.spec().text("volumeName").isEmpty())
        .map(Resources.PERSISTENT_VOLUME_CLAIMS::keyOf)
        .forEach(sink);
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .filter(object -> !object.isBeingDeleted())
        .map(
            object ->
                key.resource().equals(CLAIMS)
                    ? planClaim(view, object, now)
                    : Reclaiming.plan(object))
        .orElse(Plan.NOTHING);
  }

  private static Plan planClaim(View view, KubeObject claim, Instant now) {
    Optional<KubeObject> storageClass =
        view.get(Resources.STORAGE_CLASSES, "", Wish.className(claim));
    String volume = claim.spec().text("volumeName");
    if (!volume.isEmpty()) {
      return view.get(Resources.PERSISTENT_VOLUMES, "", volume)
          .map(bound -> Growth.plan(claim, bound, now))
          .orElse(Plan.NOTHING);
    }
    return storageClass
        .filter(found -> LocalVolume.isMadeBy(found.tree().text("provisioner")))
        .map(found -> planUnbound(view, new Wish(claim, found)))
        .orElse(Plan.NOTHING);
  }

  private static Plan planUnbound(View view, Wish wish) {
    boolean isMade = view.get(Resources.PERSISTENT_VOLUMES, "", wish.volumeName()).isPresent();
    boolean isAwaited = wish.waitsForPod() && wish.selectedNode().isEmpty();
    return isMade || isAwaited
        ? Plan.NOTHING
        : Provisioning.plan(
            wish,
            new Candidates(
                view.list(Resources.NODES, ""), view.list(Resources.PERSISTENT_VOLUMES, "")));
  }
}
