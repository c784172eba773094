package io.kuber.store;

import org.jspecify.annotations.Nullable;

/** What became of a command. */
public sealed interface Outcome {
  /** It took effect; {@code stored} is the state that was written, or the final one of a delete. */
  record Applied(Stored stored) implements Outcome {}

  /** It did not, because the object is not at the expected revision; null: there is no object. */
  record Conflict(@Nullable Stored current) implements Outcome {}
}
