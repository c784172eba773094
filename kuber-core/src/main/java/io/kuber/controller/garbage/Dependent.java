package io.kuber.controller.garbage;

import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;

/** An object that names another as its owner. */
record Dependent(ResourceType type, KubeObject object) {
  boolean blocks(String ownerUid) {
    return object.owners().stream()
        .anyMatch(owner -> owner.uid().equals(ownerUid) && owner.blockOwnerDeletion());
  }

  /** Whether it is itself waiting for its dependents. */
  boolean waits() {
    return object.isBeingDeleted() && object.finalizers().contains(GarbagePlanner.FOREGROUND);
  }
}
