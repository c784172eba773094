package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which volumes a pod may have. */
final class VolumeChecks {
  private static final Set<String> ALLOWED =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private VolumeChecks() {}

  /** {@code check_hostPathVolumes.go}. */
  static Optional<Violation> hostPaths(PodView pod) {
    List<String> names =
        pod.spec().items("volumes").trees().stream()
            .filter(volume -> volume.has("hostPath"))
            .map(volume -> volume.text("name"))
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Violation.of("hostPath volumes", Violation.named("volume", names));
  }

  /** {@code check_restrictedVolumes.go}. */
  static Optional<Violation> restricted(PodView pod) {
    List<String> names = new ArrayList<>();
    SortedSet<String> types = new TreeSet<>();
    for (Tree volume : pod.spec().items("volumes").trees()) {
      String type = type(volume);
      if (!ALLOWED.contains(type)) {
        names.add(volume.text("name"));
        types.add(type);
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Violation.of(
            "restricted volume types",
            "%s %s %s"
                .formatted(
                    Violation.named("volume", names),
                    HostChecks.uses(names.size()),
                    Violation.named("restricted volume type", types)));
  }

  private static String type(Tree volume) {
    for (int i = 0; i < volume.size(); i++) {
      if (!volume.nameAt(i).equals("name")) {
        return volume.nameAt(i);
      }
    }
    return "unknown";
  }
}
