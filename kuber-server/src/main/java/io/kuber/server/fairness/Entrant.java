package io.kuber.server.fairness;

import io.kuber.fairness.Refusal;

/** Who waits for seats; told exactly once, unless it has gone before. */
public interface Entrant {
  /** It has its seats: at once on the thread that asked, later on a loop that must not be kept. */
  void enter();

  /** It gets none. */
  void refused(Refusal why);
}
