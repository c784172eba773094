package io.kuber.controller.volumeprovisioner;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Plan;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets a volume grow to what its claim asks for. Whether a claim may ask for more is admission's to
 * say. A directory has no size of its own, so that nothing has to be done on the node, and the
 * binder tells the rest. A disk is made larger by its node, which says so in the claim's status;
 * until then conditions say how far it is, as those of upstream's external-resizer do. Pure.
 */
final class Growth {
  private static final String[] CAPACITY = {"spec", "capacity", "storage"};
  private static final String RESIZING = "Resizing";
  private static final String PENDING = "FileSystemResizePending";

  private Growth() {}

  /** Plans for a claim and the volume that it names. */
  static Plan plan(KubeObject claim, KubeObject volume, Instant now) {
    boolean isOwn = claim.uid().equals(volume.spec().text("claimRef", "uid"));
    if (!isOwn) {
      return Plan.NOTHING;
    }
    return LocalVolume.of(volume)
        .map(local -> local.isSized() ? ofDisk(claim, volume, now) : ofDirectory(claim, volume))
        .orElse(Plan.NOTHING);
  }

  private static Plan ofDirectory(KubeObject claim, KubeObject volume) {
    return isLarger(wanted(claim), capacity(volume))
        ? Plan.of(
            grown(claim, volume)
                .announcing(
                    Announcement.ofDone(
                        claim, "VolumeResizeSuccessful", "Resize volume succeeded")))
        : Plan.NOTHING;
  }

  private static Plan ofDisk(KubeObject claim, KubeObject volume, Instant now) {
    if (isLarger(wanted(claim), capacity(volume))) {
      return Condition.find(claim.status(), RESIZING).isEmpty()
          ? Plan.of(
              told(claim, Condition.of(RESIZING, "True", "", "", now).putInto(claim.status())))
          : Plan.of(grown(claim, volume), awaitingNode(claim, now));
    }
    @Nullable Object has = claim.status().at("capacity", "storage");
    boolean isBehind = has != null && isLarger(capacity(volume), has);
    return isBehind && Condition.find(claim.status(), PENDING).isEmpty()
        ? Plan.of(awaitingNode(claim, now))
        : Plan.NOTHING;
  }

  private static Action grown(KubeObject claim, KubeObject volume) {
    return new Action.Update(Resources.PERSISTENT_VOLUMES, volume.with(wanted(claim), CAPACITY));
  }

  private static Action awaitingNode(KubeObject claim, Instant now) {
    String message =
        "Waiting for user to (re-)start a pod to finish file system resize of volume on node.";
    Tree status =
        Condition.of(PENDING, "True", "", message, now)
            .putInto(Condition.removeFrom(claim.status(), RESIZING));
    return told(claim, status)
        .announcing(
            Announcement.ofDone(
                claim, "FileSystemResizeRequired", "Require file system resize of volume on node"));
  }

  private static Action told(KubeObject claim, Tree status) {
    return Action.updateStatus(Resources.PERSISTENT_VOLUME_CLAIMS, claim.with(status, "status"));
  }

  private static String wanted(KubeObject claim) {
    return claim.spec().text("resources", "requests", "storage");
  }

  private static @Nullable Object capacity(KubeObject volume) {
    return volume.tree().at(CAPACITY);
  }

  private static boolean isLarger(@Nullable Object one, @Nullable Object other) {
    return Quantity.of(one).compareTo(Quantity.of(other)) > 0;
  }
}
