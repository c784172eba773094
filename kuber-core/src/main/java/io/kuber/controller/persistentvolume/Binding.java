package io.kuber.controller.persistentvolume;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;

/** How a volume and a claim refer to each other. Pure. */
final class Binding {
  private static final String COMPLETED = "pv.kubernetes.io/bind-completed";
  private static final String BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
  private static final String YES = "yes";

  private Binding() {}

  /** Whether the claim has been bound before. */
  static boolean isCompleted(KubeObject claim) {
    return claim.annotations().containsKey(COMPLETED);
  }

  /** Whether the volume was chosen by this controller, and not by people. */
  static boolean isByController(KubeObject volume) {
    return volume.annotations().containsKey(BY_CONTROLLER);
  }

  /** Whether the volume is kept for a claim, perhaps for one that comes later. */
  static boolean isTaken(KubeObject volume) {
    return !volume.spec().tree("claimRef").isEmpty();
  }

  /** Whether the volume is kept for this claim, be it for any of its name. */
  static boolean isFor(KubeObject volume, KubeObject claim) {
    Tree reference = volume.spec().tree("claimRef");
    String uid = reference.text("uid");
    return reference.text("namespace").equals(claim.namespace())
        && reference.text("name").equals(claim.name())
        && (uid.isEmpty() || uid.equals(claim.uid()));
  }

  /** Makes both refer to each other, and then tells so in the claim's status. */
  static Plan of(KubeObject volume, KubeObject claim) {
    KubeObject kept = keptFor(volume, claim);
    KubeObject referring = referringTo(claim, volume);
    Plan.Builder plan = Plan.builder();
    if (!kept.equals(volume)) {
      plan.then(new Action.Update(Resources.PERSISTENT_VOLUMES, kept));
    }
    if (!referring.equals(claim)) {
      plan.then(new Action.Update(Resources.PERSISTENT_VOLUME_CLAIMS, referring));
    } else {
      KubeObject told = told(claim, volume);
      if (!told.equals(claim)) {
        plan.then(Action.updateStatus(Resources.PERSISTENT_VOLUME_CLAIMS, told));
      }
    }
    return plan.build();
  }

  private static KubeObject keptFor(KubeObject volume, KubeObject claim) {
    if (isFor(volume, claim) && !volume.spec().text("claimRef", "uid").isEmpty()) {
      return volume;
    }
    KubeObject kept = volume.with(claim.reference(), "spec", "claimRef");
    return isTaken(volume) ? kept : kept.with(YES, "metadata", "annotations", BY_CONTROLLER);
  }

  private static KubeObject referringTo(KubeObject claim, KubeObject volume) {
    KubeObject completed =
        isCompleted(claim) ? claim : claim.with(YES, "metadata", "annotations", COMPLETED);
    return claim.spec().text("volumeName").isEmpty()
        ? completed
            .with(volume.name(), "spec", "volumeName")
            .with(YES, "metadata", "annotations", BY_CONTROLLER)
        : completed;
  }

  private static KubeObject told(KubeObject claim, KubeObject volume) {
    KubeObject bound =
        claim
            .with("Bound", "status", "phase")
            .with(volume.spec().items("accessModes"), "status", "accessModes");
    return isToldByNode(claim, volume)
        ? bound
        : bound.with(volume.spec().tree("capacity"), "status", "capacity");
  }

  /** Of a disk that grows, the node tells when its file system has grown too. */
  private static boolean isToldByNode(KubeObject claim, KubeObject volume) {
    return LocalVolume.of(volume).filter(LocalVolume::isSized).isPresent()
        && claim.status().text("phase").equals("Bound")
        && claim.status().has("capacity");
  }

  /** The volume without the claim; one that people chose the claim for stays kept for its name. */
  static KubeObject released(KubeObject volume) {
    return isByController(volume)
        ? volume.without("spec", "claimRef").without("metadata", "annotations", BY_CONTROLLER)
        : volume.without("spec", "claimRef", "uid").without("spec", "claimRef", "resourceVersion");
  }
}
