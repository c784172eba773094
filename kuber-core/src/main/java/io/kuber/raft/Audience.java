package io.kuber.raft;

import io.kuber.raft.log.LogEntry;
import io.kuber.raft.log.OperationId;
import io.kuber.store.Outcome;
import io.kuber.store.TreeImage;
import java.util.List;
import java.util.Optional;

/**
 * Who is interested in what the log does. Called on threads of the log: quick, and never throws.
 */
interface Audience {
  /** The batch of this server that is about to be applied, if it is one that somebody waits for. */
  Optional<Batch> expected(OperationId id);

  /** What became of it, and the image behind it. */
  void applied(Batch batch, List<Outcome> outcomes, TreeImage image);

  /** It took effect before, inside a snapshot that another server has sent. */
  void passed(Batch batch);

  /** All members compare what they have here. */
  void compare(LogEntry.Compare question, TreeImage image);

  /** What one of them had. */
  void report(LogEntry.Report report);

  /** Perhaps another server leads, this one leads now, or there are other members. */
  void leaderChanged();
}
