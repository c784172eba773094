package io.kuber.store;

/**
 * A change that somebody wants: compare-and-set on the revision at which the object was last
 * written. Time, names and identifiers that a change needs are already inside its value.
 */
public sealed interface Command {
  /** The expected revision of an object that must not exist yet. */
  long ABSENT = 0;

  /** The object that the command is about. */
  Key key();

  /** The revision that the object must have, or {@link #ABSENT}. */
  long expected();

  /** Writes the object; {@code value} is canonical JSON without {@code resourceVersion}. */
  record Put(Key key, long expected, byte[] value) implements Command {}

  /**
   * Removes the object. {@code last} is its final state as watchers are to see it (canonical JSON
   * without {@code resourceVersion}).
   */
  record Delete(Key key, long expected, byte[] last) implements Command {}
}
