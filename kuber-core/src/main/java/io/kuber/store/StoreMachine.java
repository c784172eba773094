package io.kuber.store;

import org.jspecify.annotations.Nullable;

/**
 * The rule by which the store changes, as a function: image + command -> image', delta, outcome.
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
   * @param delta the change, null when there was none
   */
  public record Step(TreeImage image, @Nullable Delta delta, Outcome outcome) {}

  /** Applies one command: the object must be at the revision that the command expects. */
  public static Step apply(TreeImage image, Command command) {
    Stored current = image.get(command.key());
    long revision = current == null ? Command.ABSENT : current.revision();
    if (revision != command.expected()) {
      return new Step(image, null, new Outcome.Conflict(current));
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
      return new Step(image, null, new Outcome.Conflict(null));
    }
    long revision = image.revision() + 1;
    Stored last = new Stored(delete.key(), revision, delete.last());
    return step(image.without(revision, before), new Delta(before, last, true));
  }

  private static Step step(TreeImage image, Delta delta) {
    return new Step(image, delta, new Outcome.Applied(delta.after()));
  }
}
