package io.kuber.controller.volumeprovisioner;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;

/**
 * Deletes the object of a volume that was released, where its policy says so. The node that has the
 * data keeps the object until the data is gone. Pure.
 */
final class Reclaiming {
  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

  private Reclaiming() {}

  /** Plans for a volume that nobody deletes yet. */
  static Plan plan(KubeObject volume) {
    boolean isOurs =
        LocalVolume.of(volume).isPresent()
            && LocalVolume.isMadeBy(volume.annotations().getOrDefault(PROVISIONED_BY, ""));
    boolean isOver =
        volume.status().text("phase").equals("Released")
            && volume.spec().text("persistentVolumeReclaimPolicy").equals("Delete");
    if (!isOurs || !isOver) {
      return Plan.NOTHING;
    }
    DeleteOptions asItIs = new DeleteOptions(-1, "", volume.uid(), volume.resourceVersion());
    return Plan.of(new Action.Delete(Resources.PERSISTENT_VOLUMES, "", volume.name(), asItIs));
  }
}
