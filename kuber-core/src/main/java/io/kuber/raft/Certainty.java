package io.kuber.raft;

import io.kuber.store.Command;
import io.kuber.store.Image;
import io.kuber.store.Outcome.Conflict;
import io.kuber.store.Stored;
import java.util.Optional;

/**
 * Which commands are refused before they see the log: those that would be refused there for
 * certain. The image of a server that has peers may be behind, and what it does not know yet may be
 * just what a command expects.
 */
final class Certainty {
  private Certainty() {}

  /**
   * The conflict that a command will come to; empty when only the log can tell.
   *
   * @param alone whether the image has all that was ever acknowledged
   */
  static Optional<Conflict> conflict(Image image, Command command, boolean alone) {
    Stored current = image.get(command.key());
    long revision = current == null ? Command.ABSENT : current.revision();
    long expected = command.expected();
    if (revision == expected) {
      return Optional.empty();
    }
    // An object never goes back to a revision; but one that is there may be deleted already, so
    // that a creation succeeds.
    boolean isPast =
        expected != Command.ABSENT && (revision > expected || image.revision() >= expected);
    return alone || isPast ? Optional.of(new Conflict(current)) : Optional.empty();
  }
}
