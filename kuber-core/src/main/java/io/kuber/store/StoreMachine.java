package io.kuber.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which the store changes, as a function: image + command -> image', deltas, outcome.
 *
 * <p>It reads no clock, draws no random numbers and keeps nothing, so that every replica and every
 * replay comes to the same image.
 */
public final class StoreMachine {
  private StoreMachine() {}

  /**
   * What a command makes of an image.
   *
   * @param image the image after the command; the same one when the command had no effect
   * @param changes what changed, in the order of the revisions; none when there was no effect
   */
  public record Step(TreeImage image, List<Change> changes, Outcome outcome) {
    /** Copies the list. */
    public Step {
      changes = List.copyOf(changes);
    }
  }

  /** A change, and the image right after it. */
  public record Change(Delta delta, TreeImage image) {}

  /** Applies one command: objects must be at the revisions that the command expects. */
  public static Step apply(TreeImage image, Command command) {
    return command instanceof Command.Together together
        ? together(image, together)
        : one(image, command);
  }

  private static Step together(TreeImage before, Command.Together together) {
    TreeImage image = before;
    List<Change> changes = new ArrayList<>();
    List<Stored> stored = new ArrayList<>();
    for (Command.Put put : together.puts()) {
      Step step = one(image, put);
      if (!(step.outcome() instanceof Outcome.Applied applied)) {
        return new Step(before, List.of(), step.outcome());
      }
      image = step.image();
      changes.addAll(step.changes());
      stored.add(applied.stored());
    }
    return new Step(image, changes, new Outcome.AllApplied(stored));
  }

  private static Step one(TreeImage image, Command command) {
    Stored current = image.get(command.key());
    long revision = current == null ? Command.ABSENT : current.revision();
    if (revision != command.expected()) {
      return new Step(image, List.of(), new Outcome.Conflict(current));
    }
    return command instanceof Command.Put put
        ? put(image, put, current)
        : delete(image, (Command.Delete) command, current);
  }

  private static Step put(TreeImage image, Command.Put put, @Nullable Stored before) {
    long revision = image.revision() + 1;
    Stored after = new Stored(put.key(), revision, put.value());
    return step(image.with(revision, before, after), new Delta(before, after, false));
  }

  private static Step delete(TreeImage image, Command.Delete delete, @Nullable Stored before) {
    if (before == null) {
      return new Step(image, List.of(), new Outcome.Conflict(null));
    }
    long revision = image.revision() + 1;
    Stored last = new Stored(delete.key(), revision, delete.last());
    return step(image.without(revision, before), new Delta(before, last, true));
  }

  private static Step step(TreeImage image, Delta delta) {
    return new Step(image, List.of(new Change(delta, image)), new Outcome.Applied(delta.after()));
  }
}
