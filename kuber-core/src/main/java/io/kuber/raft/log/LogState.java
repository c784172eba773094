package io.kuber.raft.log;

import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.Outcome;
import io.kuber.store.TreeImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the log adds up to: an image, and which batches are in it. Owner thread: the one that
 * applies.
 */
public final class LogState {
  private final AppliedState state;
  private Sessions sessions = new Sessions();

  /** Changes {@code state}, which others may read and follow. */
  public LogState(AppliedState state) {
    this.state = state;
  }

  /** The image. */
  public TreeImage image() {
    return state.image();
  }

  /** Which batches are in it; changes with the next entry. */
  public Sessions sessions() {
    return sessions;
  }

  /** Goes on from a snapshot. */
  public void replace(Snapshot snapshot) {
    state.replace(snapshot.image());
    sessions = snapshot.sessions();
  }

  /** Applies commands and says what became of each; empty for a copy, which has no effect. */
  public Optional<List<Outcome>> apply(LogEntry.Commands entry) {
    if (!sessions.admit(entry)) {
      return Optional.empty();
    }
    List<Outcome> outcomes = new ArrayList<>(entry.commands().size());
    for (Command command : entry.commands()) {
      outcomes.add(state.apply(command));
    }
    return Optional.of(outcomes);
  }

  /** Adds a piece of an image to what the log has begun with. */
  public void apply(LogEntry.Piece piece) {
    TreeImage before = piece.first() ? TreeImage.EMPTY.at(piece.revision()) : state.image();
    state.replace(before.withAll(piece.objects()));
  }
}
