package io.kuber.resource.builtin.storage;

import io.kuber.resource.Kind;
import java.util.List;

/** The kinds of {@code storage.k8s.io}, in the order of discovery. */
public final class StorageKinds {
  /** All of them. */
  public static final List<Kind> KINDS =
      List.of(
          StorageClasses.KIND,
          VolumeAttachments.KIND,
          CsiDrivers.KIND,
          CsiNodes.KIND,
          CsiStorageCapacities.KIND,
          VolumeAttributesClasses.KIND);

  private StorageKinds() {}
}
