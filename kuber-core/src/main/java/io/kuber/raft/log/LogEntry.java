package io.kuber.raft.log;

import io.kuber.store.Command;
import io.kuber.store.Digest;
import io.kuber.store.Stored;
import java.util.List;

/** What kuber writes into the log. {@link EntryCodec} has the layouts. */
public sealed interface LogEntry {
  /**
   * Commands that one server packed; without any it is a barrier.
   *
   * @param floor the oldest batch of the session that may still be sent: older ones that turn up
   *     are copies, or were given up
   */
  record Commands(OperationId id, long floor, List<Command> commands) implements LogEntry {
    /** Copies the list. */
    public Commands {
      commands = List.copyOf(commands);
    }
  }

  /**
   * A piece of an image with which a log begins, at the revision of the image.
   *
   * @param first whether the image begins here
   */
  record Piece(boolean first, long revision, List<Stored> objects) implements LogEntry {
    /** Copies the list. */
    public Piece {
      objects = List.copyOf(objects);
    }
  }

  /**
   * Asks every member for the digest of its image at this point of the log.
   *
   * @param asker who leads and asks
   */
  record Compare(long round, String asker) implements LogEntry {}

  /** What a member had at the point of a {@link Compare}. */
  record Report(long round, String member, long revision, Digest digest) implements LogEntry {}
}
