package io.kuber.raft;

/**
 * Told when the store cannot go on: the log could not be written, or an entry not be applied. What
 * is on the disk is right; a process that starts again on it is too.
 */
@FunctionalInterface
public interface FaultHandler {
  /** Called once, on a thread of the log; in production it halts the process. */
  void fatal(String message, Throwable cause);
}
