package io.kuber.controller.persistentvolume;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of a claim. The words are those of pv_controller.go. */
final class ClaimPlanner {
  private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

  /** With which provisioners are told that it is their turn: its name now, and in earlier days. */
  private static final List<String> PROVISIONER =
      List.of(
          "volume.beta.kubernetes.io/storage-provisioner",
          "volume.kubernetes.io/storage-provisioner");

  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  private ClaimPlanner() {}

  /** Plans for a claim that names no volume and has had none. */
  static Plan unbound(
      KubeObject claim, List<KubeObject> volumes, Optional<KubeObject> storageClass) {
    boolean waits =
        storageClass
            .filter(c -> c.tree().text("volumeBindingMode").equals("WaitForFirstConsumer"))
            .isPresent();
    boolean isAwaited = waits && !claim.annotations().containsKey(SELECTED_NODE);
    return Matching.kept(volumes, claim)
        .or(() -> waits ? Optional.empty() : Matching.free(volumes, claim))
        .map(volume -> Binding.of(volume, claim))
        .orElseGet(() -> without(claim, isAwaited, storageClass));
  }

  /** Without a volume it waits, perhaps for a provisioner, who is told so first. */
  private static Plan without(
      KubeObject claim, boolean isAwaited, Optional<KubeObject> storageClass) {
    String provisioner = storageClass.map(c -> c.tree().text("provisioner")).orElse("");
    boolean isTold =
        isAwaited
            || provisioner.isEmpty()
            || provisioner.equals(NO_PROVISIONER)
            || PROVISIONER.stream()
                .allMatch(name -> provisioner.equals(claim.annotations().get(name)));
    if (isTold) {
      return pending(claim, obstacle(claim, isAwaited, storageClass));
    }
    KubeObject told = claim;
    for (String name : PROVISIONER) {
      told = told.with(provisioner, "metadata", "annotations", name);
    }
    return Plan.of(new Action.Update(Resources.PERSISTENT_VOLUME_CLAIMS, told));
  }

  private static Note obstacle(KubeObject claim, boolean waits, Optional<KubeObject> storageClass) {
    String name = Matching.className(claim);
    if (waits) {
      return Note.normal(
          claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
    }
    if (name.isEmpty()) {
      return Note.normal(
          claim,
          "FailedBinding",
          "no persistent volumes available for this claim and no storage class is set");
    }
    return storageClass
        .map(found -> awaited(claim, found.tree().text("provisioner")))
        .orElseGet(
            () ->
                Note.warning(
                    claim,
                    "ProvisioningFailed",
                    "storageclass.storage.k8s.io \"" + name + "\" not found"));
  }

  private static Note awaited(KubeObject claim, String provisioner) {
    return provisioner.equals(NO_PROVISIONER)
        ? Note.normal(claim, "FailedBinding", "no volume plugin matched name: " + NO_PROVISIONER)
        : Note.normal(
            claim,
            "ExternalProvisioning",
            "Waiting for a volume to be created either by the external provisioner '"
                + provisioner
                + "' or manually by the system administrator. If volume creation is delayed, please"
                + " verify that the provisioner is running and correctly registered.");
  }

  /** Plans for a claim that names a volume and has not had it yet. */
  static Plan asked(KubeObject claim, Optional<KubeObject> volume) {
    if (volume.isEmpty()) {
      return pending(claim);
    }
    KubeObject wanted = volume.get();
    if (Binding.isTaken(wanted) && !Binding.isFor(wanted, claim)) {
      return pending(
          claim,
          Note.warning(
              claim,
              "FailedBinding",
              "volume \"" + wanted.name() + "\" already bound to a different claim."));
    }
    return Matching.problem(wanted, claim)
        .map(
            problem ->
                pending(
                    claim,
                    Note.warning(
                        claim,
                        "VolumeMismatch",
                        "Cannot bind to requested volume \"" + wanted.name() + "\": " + problem)))
        .orElseGet(() -> Binding.of(wanted, claim));
  }

  /** Plans for a claim that has had a volume. */
  static Plan bound(KubeObject claim, Optional<KubeObject> volume) {
    if (claim.spec().text("volumeName").isEmpty()) {
      return lost(
          claim,
          "ClaimLost",
          "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
    }
    if (volume.isEmpty()) {
      return lost(
          claim,
          "ClaimLost",
          "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    }
    return Binding.isTaken(volume.get()) && !Binding.isFor(volume.get(), claim)
        ? lost(
            claim,
            "ClaimMisbound",
            "Two claims are bound to the same volume, this one is bound incorrectly")
        : Binding.of(volume.get(), claim);
  }

  private static Plan lost(KubeObject claim, String reason, String why) {
    return claim.status().text("phase").equals("Lost")
        ? Plan.NOTHING
        : Plan.of(
            Action.updateStatus(
                Resources.PERSISTENT_VOLUME_CLAIMS, claim.with("Lost", "status", "phase")),
            new Action.Emit(Note.warning(claim, reason, why)));
  }

  private static Plan pending(KubeObject claim, Note why) {
    return pending(claim).after(new Action.Emit(why));
  }

  private static Plan pending(KubeObject claim) {
    return claim.status().text("phase").equals("Pending")
        ? Plan.NOTHING
        : Plan.of(
            Action.updateStatus(
                Resources.PERSISTENT_VOLUME_CLAIMS, claim.with("Pending", "status", "phase")));
  }
}
