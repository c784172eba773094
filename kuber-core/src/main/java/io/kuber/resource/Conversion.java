package io.kuber.resource;

import io.kuber.object.KubeObject;
import java.util.List;

/**
 * How objects of one version become what is stored, and back. Pure; apiVersion and kind need no
 * care, since {@link Served} sets them afterwards.
 *
 * <p><b>Invariant:</b> a stored object that is shown and read back unchanged is the same object, so
 * that clients of an old version lose nothing of what newer ones wrote.
 */
public interface Conversion {
  /** For versions that differ in nothing but their name. */
  Conversion NONE = new Conversion() {};

  /** Reports what this version forbids, and the rules of the kind do not. */
  default void check(KubeObject sent, Problems problems) {}

  /** Reports what this version forbids in new objects, and the rules of the kind do not. */
  default void checkCreate(KubeObject sent, Problems problems) {}

  /**
   * Whether others are asked, so that a conversion takes as long as they do: not for threads that
   * somebody else waits for.
   */
  default boolean waits() {
    return false;
  }

  /** What is stored of an object as a client of this version sends it, its defaults included. */
  default KubeObject toStored(KubeObject sent) {
    return sent;
  }

  /** What a client of this version sees of a stored object. */
  default KubeObject fromStored(KubeObject stored) {
    return stored;
  }

  /** The same for many at once, in their order; who asks others asks once for all. */
  default List<KubeObject> fromStored(List<KubeObject> stored) {
    return stored.stream().map(this::fromStored).toList();
  }
}
