package io.kuber.controller.persistentvolume;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Which volume a claim gets: the one that is kept for it, or else the smallest that is as it wants
 * (staging/src/k8s.io/component-helpers/storage/volume, FindMatchingVolume). Pure.
 */
final class Matching {
  private static final String CLASS = "volume.beta.kubernetes.io/storage-class";

  private Matching() {}

  /** A volume that was kept for the claim before anybody asked. */
  static Optional<KubeObject> kept(List<KubeObject> volumes, KubeObject claim) {
    return volumes.stream()
        .filter(volume -> Binding.isFor(volume, claim) && problem(volume, claim).isEmpty())
        .findFirst();
  }

  /** The smallest volume that is free. */
  static Optional<KubeObject> free(List<KubeObject> volumes, KubeObject claim) {
    LabelSelector selector = LabelSelector.of(selector(claim));
    return volumes.stream()
        .filter(volume -> !Binding.isTaken(volume) && !volume.isBeingDeleted())
        .filter(volume -> volume.status().text("phase").equals("Available"))
        .filter(volume -> selector.matches(volume.metadata().tree("labels")))
        .filter(volume -> problem(volume, claim).isEmpty())
        .min(Comparator.comparing(Matching::capacity).thenComparing(KubeObject::name));
  }

  /** No selector selects all. */
  private static Tree selector(KubeObject claim) {
    return claim.spec().tree("selector");
  }

  /** Why the claim cannot have the volume, whoever chose it. */
  static Optional<String> problem(KubeObject volume, KubeObject claim) {
    if (capacity(volume).compareTo(requested(claim)) < 0) {
      return Optional.of("requested PV is too small");
    }
    if (!className(volume).equals(className(claim))) {
      return Optional.of("storageClassName does not match");
    }
    if (!mode(volume).equals(mode(claim))) {
      return Optional.of("incompatible volumeMode");
    }
    boolean isAccessible =
        new HashSet<>(volume.spec().items("accessModes").texts())
            .containsAll(claim.spec().items("accessModes").texts());
    return isAccessible ? Optional.empty() : Optional.of("incompatible accessMode");
  }

  private static Quantity capacity(KubeObject volume) {
    return Quantity.of(volume.spec().at("capacity", "storage"));
  }

  private static Quantity requested(KubeObject claim) {
    return Quantity.of(claim.spec().at("resources", "requests", "storage"));
  }

  /** The class by the annotation that came before the field, or by the field. */
  static String className(KubeObject object) {
    return object.annotations().getOrDefault(CLASS, object.spec().text("storageClassName"));
  }

  private static String mode(KubeObject object) {
    String mode = object.spec().text("volumeMode");
    return mode.isEmpty() ? "Filesystem" : mode;
  }
}
