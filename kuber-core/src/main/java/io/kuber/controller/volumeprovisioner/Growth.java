package io.kuber.controller.volumeprovisioner;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Plan;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;

/**
 * Lets a volume grow to what its claim asks for; the binder then tells so in the claim's status.
 * Whether a claim may ask for more is admission's to say. A directory has no size of its own, so
 * that nothing has to be done on the node. Pure.
 */
final class Growth {
  private static final String[] CAPACITY = {"spec", "capacity", "storage"};

  private Growth() {}

  /** Plans for a claim and the volume that it names. */
  static Plan plan(KubeObject claim, KubeObject volume) {
    String wanted = claim.spec().text("resources", "requests", "storage");
    boolean isOwn = claim.uid().equals(volume.spec().text("claimRef", "uid"));
    boolean isLarger = Quantity.of(wanted).compareTo(Quantity.of(volume.tree().at(CAPACITY))) > 0;
    if (!isOwn || !isLarger || LocalVolume.of(volume).isEmpty()) {
      return Plan.NOTHING;
    }
    return Plan.of(
        new Action.Update(Resources.PERSISTENT_VOLUMES, volume.with(wanted, CAPACITY))
            .announcing(
                Announcement.ofDone(claim, "VolumeResizeSuccessful", "Resize volume succeeded")));
  }
}
