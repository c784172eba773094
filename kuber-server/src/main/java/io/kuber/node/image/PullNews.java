package io.kuber.node.image;

import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import java.util.List;

/** Hears how far a pull is, on the threads on which layers come. */
public interface PullNews {
  /** Nobody listens, and archives are not kept. */
  PullNews NONE = new PullNews() {};

  /** Whether layers are kept as they were packed, besides their directories. */
  default boolean keepsArchives() {
    return false;
  }

  /** The image is there, with these layers, lowest first. */
  default void found(Digest manifest, List<Descriptor> layers) {}

  /** A layer need not be fetched. */
  default void here(Descriptor layer) {}

  /** So many bytes of a layer have come. */
  default void downloading(Descriptor layer, long bytes) {}

  /** All of a layer has come, and it is unpacked now. */
  default void downloaded(Descriptor layer) {}

  /** A layer is complete. */
  default void complete(Descriptor layer) {}
}
