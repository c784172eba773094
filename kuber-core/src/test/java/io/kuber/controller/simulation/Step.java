package io.kuber.controller.simulation;

import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import java.util.ArrayList;
import java.util.List;

/**
 * One write, as invariants see it.
 *
 * @param byController whether a controller made it, and not a node or a person
 * @param delta the change
 * @param image all there is right after it
 */
public record Step(boolean byController, Delta delta, Image image) {
  /** Whether the change is one of an object of that type. */
  public boolean isOf(ResourceType type) {
    return delta.key().resource().equals(type.qualifiedName());
  }

  /** Whether the object went, or began to go, by this change. */
  public boolean deletes() {
    boolean wasGoing = delta.before() != null && delta.before().object().isBeingDeleted();
    return !wasGoing && (delta.deleted() || delta.after().object().isBeingDeleted());
  }

  /** All objects of a type right after the change. */
  public List<KubeObject> all(ResourceType type) {
    return all(image, type);
  }

  static List<KubeObject> all(Image image, ResourceType type) {
    List<KubeObject> objects = new ArrayList<>();
    image
        .scan(type.qualifiedName(), "", null)
        .forEachRemaining(stored -> objects.add(stored.object()));
    return objects;
  }
}
