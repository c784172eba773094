package io.kuber.reconcile;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;

/** One thing to do through the client. */
public sealed interface Action {
  /** Creates the object. */
  record Create(ResourceType type, KubeObject object) implements Action {}

  /** Replaces the object, which carries the resourceVersion that it was planned from. */
  record Update(ResourceType type, KubeObject object) implements Action {}

  /** Replaces a subresource, such as {@code status}. */
  record UpdateSubresource(ResourceType type, String subresource, KubeObject object)
      implements Action {}

  /** Patches the object, or its subresource when that is not empty. */
  record Patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      PatchType patchType,
      Object patch)
      implements Action {}

  /** Deletes the object; that it is gone already counts as done. */
  record Delete(ResourceType type, String namespace, String name, DeleteOptions options)
      implements Action {}

  /**
   * Makes sure that the object is still there and is not being deleted; fails with reason Conflict
   * when it is not. Whoever writes its uid into other objects needs it, since a view may be old.
   */
  record Confirm(ResourceType type, KubeObject object) implements Action {}

  /**
   * Makes sure that there is no such object; fails with reason Conflict when there is. Whoever acts
   * on an absence needs it, since a view may be old.
   */
  record ConfirmAbsence(ResourceType type, String namespace, String name) implements Action {}

  /** Tells the people who watch the object. */
  record Emit(Note note) implements Action {}

  /** Does {@code action} and tells how it went. */
  record Announced(Action action, Announcement announcement) implements Action {}

  /** Replaces the object's status. */
  static Action updateStatus(ResourceType type, KubeObject object) {
    return new UpdateSubresource(type, "status", object);
  }

  /** Merges into the object; fields that the patch does not name stay as they are. */
  static Action merge(ResourceType type, KubeObject object, Tree patch) {
    return new Patch(type, object.namespace(), object.name(), "", PatchType.MERGE, patch);
  }

  /** Deletes this very object, not a later one of the same name. */
  static Action delete(ResourceType type, KubeObject object) {
    return new Delete(type, object.namespace(), object.name(), DeleteOptions.ofUid(object.uid()));
  }

  /** This action with an announcement of how it went. */
  default Action announcing(Announcement announcement) {
    return new Announced(this, announcement);
  }
}
