package io.kuber.api;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;

/** What must be true of an object for a write to go on. */
final class Preconditions {
  private Preconditions() {}

  static void check(ResourceType type, DeleteOptions options, KubeObject object) {
    checkUid(type, options.uid(), object);
    if (!options.resourceVersion().isEmpty()
        && !options.resourceVersion().equals(object.resourceVersion())) {
      throw failed(
          type, object, "ResourceVersion", options.resourceVersion(), object.resourceVersion());
    }
  }

  static void checkUid(ResourceType type, String uid, KubeObject object) {
    if (!uid.isEmpty() && !uid.equals(object.uid())) {
      throw failed(type, object, "UID", uid, object.uid());
    }
  }

  private static ApiException failed(
      ResourceType type, KubeObject object, String what, String wanted, String actual) {
    return Failures.conflict(
        type,
        object.name(),
        "Precondition failed: "
            + what
            + " in precondition: "
            + wanted
            + ", "
            + what
            + " in object meta: "
            + actual);
  }
}
