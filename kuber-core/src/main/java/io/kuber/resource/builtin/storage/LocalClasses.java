package io.kuber.resource.builtin.storage;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;
import java.util.List;

/** The classes that every cluster has, of volumes that are directories or disks of nodes. */
public final class LocalClasses {
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  private LocalClasses() {}

  /**
   * The classes: {@code standard}, the default one, whose volumes are made at once, as readers of
   * books expect it; {@code local}, whose volumes are made where their first pod goes, as a cluster
   * of several nodes wants it; and {@code sized}, whose volumes are disks that end at their size.
   */
  public static List<KubeObject> all() {
    return List.of(
        of("standard", "Immediate").with(Tree.of(DEFAULT, "true"), "metadata", "annotations"),
        of("local", "WaitForFirstConsumer"),
        of("sized", "WaitForFirstConsumer").with(Tree.of(LocalVolume.SIZED, "true"), "parameters"));
  }

  private static KubeObject of(String name, String mode) {
    return Resources.STORAGE_CLASSES
        .object("", name)
        .with(LocalVolume.DRIVER, "provisioner")
        .with("Delete", "reclaimPolicy")
        .with(mode, "volumeBindingMode")
        .with(true, "allowVolumeExpansion");
  }
}
