package io.kuber.node;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.node.volume.Disk;
import io.kuber.node.volume.SizedVolumes;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.io.IOException;
import java.util.Optional;

/**
 * Lets disks in use grow to the capacity of their volumes, and tells so in the status of the claims
 * (upstream: the kubelet's part of volume expansion, operation_generator.go).
 */
record DiskGrowth(ClusterObjects objects, SizedVolumes disks) {
  /** Controllers write the claim too, just when it grows. */
  private static final int ATTEMPTS = 5;

  /** Lets the disk of a volume grow, if its claim has heard of less than the volume's capacity. */
  void run(KubeObject volume) throws IOException {
    boolean isBehind = claim(volume).filter(claim -> isBehind(claim, volume)).isPresent();
    if (isBehind && disks.grow(Disk.of(volume))) {
      tell(volume);
    }
  }

  /** Tells that a disk has the capacity of its volume. */
  private void tell(KubeObject volume) {
    for (int attempt = 1; ; attempt++) {
      try {
        claim(volume).filter(claim -> isBehind(claim, volume)).ifPresent(c -> write(c, volume));
        return;
      } catch (ApiException e) {
        if (e.reason() != StatusReason.CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The claim that the volume is bound to, if the node may read it: a pod of it uses it. */
  private Optional<KubeObject> claim(KubeObject volume) {
    Tree reference = volume.spec().tree("claimRef");
    return reference.text("name").isEmpty()
        ? Optional.empty()
        : objects
            .permitted(
                Resources.PERSISTENT_VOLUME_CLAIMS,
                reference.text("namespace"),
                reference.text("name"))
            .filter(claim -> claim.uid().equals(reference.text("uid")));
  }

  private static boolean isBehind(KubeObject claim, KubeObject volume) {
    Quantity capacity = Quantity.of(volume.spec().at("capacity", "storage"));
    return claim.status().text("phase").equals("Bound")
        && Quantity.of(claim.status().at("capacity", "storage")).compareTo(capacity) < 0;
  }

  private void write(KubeObject claim, KubeObject volume) {
    Tree told =
        Condition.removeFrom(
            Condition.removeFrom(claim.status(), "Resizing"), "FileSystemResizePending");
    objects.patchStatus(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        claim,
        Tree.of(
            "capacity", volume.spec().tree("capacity"), "conditions", told.items("conditions")));
  }
}
