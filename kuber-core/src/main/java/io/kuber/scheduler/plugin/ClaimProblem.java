package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.store.Stored;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with a claim, whichever node the pod goes to. Pure. */
final class ClaimProblem {
  private static final String CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS.qualifiedName();

  private ClaimProblem() {}

  static Optional<String> of(PodEntry pod, PodEntry.ClaimName name, @Nullable KubeObject claim) {
    if (claim == null) {
      return Optional.of(
          name.ephemeral()
              ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \"%s\""
                  .formatted(name.name())
              : "persistentvolumeclaim \"%s\" not found".formatted(name.name()));
    }
    if (claim.status().text("phase").equals("Lost")) {
      return Optional.of(
          "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\""
              .formatted(claim.name(), claim.spec().text("volumeName")));
    }
    if (claim.isBeingDeleted()) {
      return Optional.of("persistentvolumeclaim \"%s\" is being deleted".formatted(claim.name()));
    }
    boolean foreign =
        name.ephemeral()
            && claim.controller().filter(o -> o.uid().equals(pod.object().uid())).isEmpty();
    return foreign
        ? Optional.of(
            "PVC %s/%s was not created for pod %s/%s (pod is not owner)"
                .formatted(claim.namespace(), claim.name(), claim.namespace(), pod.object().name()))
        : Optional.empty();
  }

  /** Whether a claim of the pod came or changed. */
  static boolean isOwn(PodEntry pod, Happening.ObjectChanged changed) {
    Stored after = changed.after();
    return after != null
        && changed.resource().equals(CLAIMS)
        && after.key().namespace().equals(pod.key().namespace())
        && pod.claims().stream().anyMatch(claim -> claim.name().equals(after.key().name()));
  }
}
