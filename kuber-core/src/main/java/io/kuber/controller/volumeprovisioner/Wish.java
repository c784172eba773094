package io.kuber.controller.volumeprovisioner;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.LocalVolume;
import java.util.Optional;

/**
 * A claim without a volume, and the class of volumes that it names.
 *
 * @param claim the claim
 * @param storageClass whose provisioner is kuber's
 */
record Wish(KubeObject claim, KubeObject storageClass) {
  /** The annotation with which the scheduler tells for which node a volume is to be made. */
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  private static final String CLASS = "volume.beta.kubernetes.io/storage-class";

  /** The class by the annotation that came before the field, or by the field. */
  static String className(KubeObject claim) {
    return claim.annotations().getOrDefault(CLASS, claim.spec().text("storageClassName"));
  }

  /** The name that its volume has, and no other ever. */
  String volumeName() {
    return "pvc-" + claim.uid();
  }

  /** Whether the volume is to be where the first pod goes. */
  boolean waitsForPod() {
    return storageClass.tree().text("volumeBindingMode").equals("WaitForFirstConsumer");
  }

  /** The node that the scheduler has chosen; empty for none. */
  String selectedNode() {
    return claim.annotations().getOrDefault(SELECTED_NODE, "");
  }

  /** Whether the class asks for disks rather than directories. */
  boolean isSized() {
    return storageClass.tree().text("parameters", LocalVolume.SIZED).equals("true");
  }

  /** What volumes of the class cannot be, in the words of upstream's provisioners. */
  Optional<String> obstacle() {
    Tree spec = claim.spec();
    if (spec.has("selector")) {
      return Optional.of("claim Selector is not supported");
    }
    if (spec.text("volumeMode").equals("Block") && !isSized()) {
      return Optional.of("block volumes are not supported");
    }
    return spec.has("dataSource") || spec.has("dataSourceRef")
        ? Optional.of("a volume is made empty, and not from another source")
        : Optional.empty();
  }
}
