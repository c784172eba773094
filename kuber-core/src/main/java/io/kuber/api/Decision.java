package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import org.jspecify.annotations.Nullable;

/** What a verb wants to happen, once it has seen an image. */
sealed interface Decision {
  /** The state before, as the decision saw it; null when there was no object. */
  @Nullable Stored before();

  /** The object in its new state; without effect on a dry run. */
  record Put(Key key, @Nullable Stored before, KubeObject after) implements Decision {}

  /** The object's end; {@code last} is its final state. */
  record Remove(Key key, Stored before, KubeObject last) implements Decision {}

  /** All is as it should be already. */
  record Leave(Stored before) implements Decision {}

  /** Decides on an image, or throws {@link ApiException}. May run more than once. */
  @FunctionalInterface
  interface Maker {
    /** The decision on what {@code image} shows. */
    Decision decide(Image image);
  }
}
