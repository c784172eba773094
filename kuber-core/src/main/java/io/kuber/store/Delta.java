package io.kuber.store;

import org.jspecify.annotations.Nullable;

/**
 * One applied change.
 *
 * @param before the state before, null when the object was created
 * @param after the state after; for a deletion the final state, at the revision of the deletion
 * @param deleted whether the object is gone
 */
public record Delta(@Nullable Stored before, Stored after, boolean deleted) {
  /** The object that changed. */
  public Key key() {
    return after.key();
  }

  /** The revision that the change made. */
  public long revision() {
    return after.revision();
  }
}
