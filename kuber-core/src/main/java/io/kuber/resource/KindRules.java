package io.kuber.resource;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.Set;

/**
 * What is particular about the objects of one kind. Pure functions: an object in, an object or
 * problems out. The defaults say that nothing is.
 */
public interface KindRules {
  /** The object with every field set that Kubernetes sets when the user leaves it out. */
  default KubeObject defaulted(KubeObject object) {
    return object;
  }

  /** The object as it is when it begins to exist: what only the system may say is set or gone. */
  default KubeObject prepared(KubeObject created) {
    return created.tree().has("status") ? created.with(firstStatus(), "status") : created;
  }

  /** The status of an object of which nobody has said anything yet. */
  default Tree firstStatus() {
    return Tree.EMPTY;
  }

  /** The object as it replaces {@code old}: what an update may not touch is taken from there. */
  default KubeObject prepared(KubeObject updated, KubeObject old) {
    return updated;
  }

  /** The object as its deletion begins, or is asked for once more. */
  default KubeObject marked(KubeObject deleted) {
    return deleted;
  }

  /** What a field selector reads from a field that is not set; for flags that is no empty text. */
  default String absent(String field) {
    return "";
  }

  /** Whether the change is one of what is wanted, so that {@code metadata.generation} grows. */
  default boolean isNewGeneration(KubeObject updated, KubeObject old) {
    return !updated.spec().equals(old.spec());
  }

  /**
   * What the object has and no other of its kind may have, such as the address of a Service.
   * Admission refuses what is taken; by this, nobody takes the same at that moment.
   */
  default Set<String> unique(KubeObject object) {
    return Set.of();
  }

  /** Reports what is wrong with an object, new or changed. */
  default void check(KubeObject object, Problems problems) {}

  /** Reports what is wrong with an object only because it is new. */
  default void checkCreate(KubeObject created, Problems problems) {}

  /**
   * Reports what is wrong with an object as it takes the place of {@code old}; some kinds forgive
   * what was wrong already.
   */
  default void checkReplacement(KubeObject updated, KubeObject old, Problems problems) {
    check(updated, problems);
  }

  /** Reports what the change from {@code old} to {@code updated} may not do. */
  default void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {}

  /** Reports what is wrong with a new status. */
  default void checkStatus(KubeObject updated, KubeObject old, Problems problems) {}

  /** Reports what is wrong with a change that came through a subresource. */
  default void checkSubresource(
      String subresource, KubeObject updated, KubeObject old, Problems problems) {
    if (subresource.equals("status")) {
      checkStatus(updated, old, problems);
    } else {
      checkReplacement(updated, old, problems);
    }
  }
}
