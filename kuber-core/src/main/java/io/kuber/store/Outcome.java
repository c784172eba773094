package io.kuber.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a command. */
public sealed interface Outcome {
  /** It took effect; {@code stored} is the state that was written, or the final one of a delete. */
  record Applied(Stored stored) implements Outcome {}

  /** {@link Command.Together} took effect; what was written, in the order of the command. */
  record AllApplied(List<Stored> stored) implements Outcome {
    /** Copies the list. */
    public AllApplied {
      stored = List.copyOf(stored);
    }
  }

  /** It did not, because an object is not at the expected revision; null: there is no object. */
  record Conflict(@Nullable Stored current) implements Outcome {}
}
