package io.kuber.reconcile;

import io.kuber.object.KubeObject;
import java.util.Optional;

/**
 * How to tell about the outcome of an action.
 *
 * @param done the note of success; {@code %s} in its message stands for the name of the object that
 *     the action made or changed
 * @param failed the note of failure; {@code %s} in its message stands for the error
 */
public record Announcement(Optional<Note> done, Optional<Note> failed) {
  /** Tells of success only. */
  public static Announcement ofDone(KubeObject about, String reason, String message) {
    return new Announcement(Optional.of(Note.normal(about, reason, message)), Optional.empty());
  }

  /** Tells of failure only. */
  public static Announcement ofFailure(Note note) {
    return new Announcement(Optional.empty(), Optional.of(note));
  }

  /** Tells of failure as well. */
  public Announcement orFailed(String reason, String message) {
    return new Announcement(done, done.map(note -> Note.warning(note.about(), reason, message)));
  }

  Optional<Note> whenDone(String name) {
    return done.map(note -> fill(note, name));
  }

  Optional<Note> whenFailed(String error) {
    return failed.map(note -> fill(note, error));
  }

  private static Note fill(Note note, String value) {
    return note.saying(note.message().replace("%s", value));
  }
}
