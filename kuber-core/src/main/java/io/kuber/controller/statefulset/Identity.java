package io.kuber.controller.statefulset;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.OwnedPods;
import io.kuber.reconcile.history.Revision;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes a pod that of an ordinal: name, labels, host name, and volumes that stand for its
 * claims (upstream: stateful_set_utils.go).
 */
final class Identity {
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
  private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

  /** Digits of the largest ordinal. */
  private static final int MAX_DIGITS = 9;

  private Identity() {}

  static String podName(KubeObject set, long ordinal) {
    return set.name() + "-" + ordinal;
  }

  /** The ordinal of a pod; negative when its name is not one of the StatefulSet's. */
  static long ordinalOf(KubeObject set, KubeObject pod) {
    String prefix = set.name() + "-";
    if (!pod.name().startsWith(prefix)) {
      return -1;
    }
    String digits = pod.name().substring(prefix.length());
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= MAX_DIGITS
            && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber ? Long.parseLong(digits) : -1;
  }

  /** A new pod of the ordinal, of the template of a revision. */
  static KubeObject newPod(KubeObject set, Revision revision, long ordinal) {
    KubeObject pod = OwnedPods.of(set, revision.template()).without("metadata", "generateName");
    String name = podName(set, ordinal);
    String service = set.spec().text("serviceName");
    KubeObject placed = service.isEmpty() ? pod : pod.with(service, "spec", "subdomain");
    return withVolumes(set, ordinal, labeled(placed.with(name, "metadata", "name"), name, ordinal))
        .with(revision.name(), "metadata", "labels", Revision.OF_POD)
        .with(name, "spec", "hostname");
  }

  private static KubeObject labeled(KubeObject pod, String name, long ordinal) {
    return pod.with(name, "metadata", "labels", POD_NAME)
        .with(Long.toString(ordinal), "metadata", "labels", POD_INDEX);
  }

  /** The pod with the labels of its identity, which somebody may have taken off. */
  static KubeObject restored(KubeObject set, KubeObject pod) {
    return labeled(pod, pod.name(), ordinalOf(set, pod));
  }

  /** Volumes of the templates of claims take the place of others of their names. */
  private static KubeObject withVolumes(KubeObject set, long ordinal, KubeObject pod) {
    List<Tree> volumes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Tree template : set.spec().items("volumeClaimTemplates").trees()) {
      String name = template.text("metadata", "name");
      names.add(name);
      volumes.add(
          Tree.of(
              "name",
              name,
              "persistentVolumeClaim",
              Tree.of("claimName", Claims.name(set, template, ordinal))));
    }
    if (volumes.isEmpty()) {
      return pod;
    }
    for (Tree volume : pod.spec().items("volumes").trees()) {
      if (!names.contains(volume.text("name"))) {
        volumes.add(volume);
      }
    }
    return pod.with(Items.copyOf(volumes), "spec", "volumes");
  }
}
