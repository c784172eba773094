package io.kuber.node.eviction;

import io.kuber.node.stats.FileUse;
import io.kuber.node.stats.Summary;
import io.kuber.node.stats.Summary.ContainerSummary;
import io.kuber.node.stats.Summary.PodSummary;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pods that take more of the disk than they may, whether the node is short of it or not
 * (pkg/kubelet/eviction/eviction_manager.go, localStorageEviction). Critical pods may. Pure.
 */
final class StorageLimits {
  private static final String STORAGE = "ephemeral-storage";

  private StorageLimits() {}

  static List<Victim> victims(Summary summary) {
    List<Victim> victims = new ArrayList<>();
    for (PodSummary pod : summary.pods()) {
      if (!pod.containers().isEmpty() && !Claims.isCritical(pod.object())) {
        volume(pod)
            .or(() -> whole(pod))
            .or(() -> container(pod))
            .ifPresent(message -> victims.add(new Victim(pod.object(), message)));
      }
    }
    return victims;
  }

  private static Optional<String> volume(PodSummary pod) {
    for (Tree volume : pod.object().spec().items("volumes").trees()) {
      FileUse use = pod.volumes().get(volume.text("name"));
      Quantity limit = Quantity.of(volume.tree("emptyDir").get("sizeLimit"));
      if (use != null && limit.signum() > 0 && use.used() > limit.value()) {
        return Optional.of(
            "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                .formatted(volume.text("name"), limit));
      }
    }
    return Optional.empty();
  }

  /** All together, against the sum of the limits that there are. */
  private static Optional<String> whole(PodSummary pod) {
    long limit = Claims.limited(pod.object(), STORAGE);
    return limit > 0 && pod.diskBytes() > limit
        ? Optional.of(
            "Pod ephemeral local storage usage exceeds the total limit of containers %s. "
                .formatted(Claims.bytes(limit)))
        : Optional.empty();
  }

  private static Optional<String> container(PodSummary pod) {
    for (Tree declared : pod.object().spec().items("containers").trees()) {
      Quantity limit = Claims.of(declared, "limits", STORAGE);
      for (ContainerSummary each : pod.containers()) {
        if (each.name().equals(declared.text("name"))
            && limit.signum() > 0
            && each.root().used() + each.logs().used() > limit.value()) {
          return Optional.of(
              "Container %s exceeded its local ephemeral storage limit \"%s\". "
                  .formatted(each.name(), limit));
        }
      }
    }
    return Optional.empty();
  }
}
