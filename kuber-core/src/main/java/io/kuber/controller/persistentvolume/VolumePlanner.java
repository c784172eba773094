package io.kuber.controller.persistentvolume;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Decides what the status of a volume says, and when it is free again. */
final class VolumePlanner {
  /** Whoever made the volume takes it away again. */
  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

  private VolumePlanner() {}

  /**
   * Plans for a volume.
   *
   * @param claim the one that the volume's reference names, if it is there
   */
  static Plan plan(KubeObject volume, Optional<KubeObject> claim, Instant now) {
    Tree reference = volume.spec().tree("claimRef");
    if (reference.text("uid").isEmpty()) {
      return told(volume, "Available", "", now);
    }
    if (claim.isEmpty()) {
      Action confirmed =
          new Action.ConfirmAbsence(
              Resources.PERSISTENT_VOLUME_CLAIMS,
              reference.text("namespace"),
              reference.text("name"));
      Plan released = released(volume, now);
      return released.steps().isEmpty() ? released : released.after(confirmed);
    }
    if (!claim.get().uid().equals(reference.text("uid"))) {
      return released(volume, now);
    }
    String named = claim.get().spec().text("volumeName");
    if (named.isEmpty()) {
      return Plan.NOTHING; // It is the claim's turn.
    }
    return named.equals(volume.name())
        ? told(volume, "Bound", "", now)
        : Plan.of(new Action.Update(Resources.PERSISTENT_VOLUMES, Binding.released(volume)));
  }

  /** The claim is gone: what becomes of the data is the owner's to say. */
  private static Plan released(KubeObject volume, Instant now) {
    String policy = volume.spec().text("persistentVolumeReclaimPolicy");
    boolean isKept = policy.equals("Retain") || volume.annotations().containsKey(PROVISIONED_BY);
    String phase = volume.status().text("phase");
    if (phase.equals("Failed") || isKept) {
      return phase.equals("Failed") ? Plan.NOTHING : told(volume, "Released", "", now);
    }
    boolean deletes = policy.equals("Delete");
    String why =
        "error getting %s volume plugin for volume \"%s\": no %s volume plugin matched"
            .formatted(
                deletes ? "deleter" : "recycler",
                volume.name(),
                deletes ? "deletable" : "recyclable");
    Note note = Note.warning(volume, deletes ? "VolumeFailedDelete" : "VolumeFailedRecycle", why);
    return told(volume, "Failed", why, now).after(new Action.Emit(note));
  }

  private static Plan told(KubeObject volume, String phase, String message, Instant now) {
    if (volume.status().text("phase").equals(phase)) {
      return Plan.NOTHING;
    }
    Tree status =
        Tree.of(
            "phase",
            phase,
            "lastPhaseTransitionTime",
            now.truncatedTo(ChronoUnit.SECONDS).toString());
    Tree whole = message.isEmpty() ? status : status.with("message", message);
    return Plan.of(Action.updateStatus(Resources.PERSISTENT_VOLUMES, volume.with(whole, "status")));
  }
}
