package io.kuber.raft;

/**
 * Told where this server begins to lead and where it ends, in order, on a loop of the store. The
 * state at the time of asking comes first.
 */
@FunctionalInterface
public interface Leadership {
  /**
   * {@code leads}: from now on this server leads, and has applied all that was acknowledged before.
   * Otherwise another one may lead already, and what this one still sends is decided by its
   * revisions like everybody's.
   */
  void changed(boolean leads);
}
