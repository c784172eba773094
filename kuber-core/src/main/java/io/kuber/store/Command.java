package io.kuber.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /**
   * Writes several objects, each at a revision of its own, or none of them when one is not at the
   * revision that is expected. They get revisions in their order; who follows change by change sees
   * the last of them last.
   *
   * <p>The command is known by the last: what is most likely to be in conflict belongs there.
   */
  record Together(List<Put> puts) implements Command {
    /** The most objects of one command. */
    public static final int MAX = 4_096;

    /** Throws {@link IllegalArgumentException} for none, too many, and one object twice. */
    public Together {
      puts = List.copyOf(puts);
      Set<Key> keys = new HashSet<>();
      puts.forEach(put -> keys.add(put.key()));
      if (puts.isEmpty() || puts.size() > MAX || keys.size() < puts.size()) {
        throw new IllegalArgumentException(
            puts.size() + " writes of " + keys.size() + " objects cannot be one command");
      }
    }

    @Override
    public Key key() {
      return last().key();
    }

    @Override
    public long expected() {
      return last().expected();
    }

    private Put last() {
      return puts.get(puts.size() - 1);
    }
  }
}
