package io.kuber.raft;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.protocol.RaftPeerId;

/** The way to whoever leads: what {@link Courier} needs of the log. */
interface Road {
  /** Who leads, as far as this server knows. */
  Optional<RaftPeerId> leader();

  /**
   * Sends an entry to a server that leads; the stage fails when that did not take it, or when
   * nobody knows ({@link Refusals}).
   *
   * @param number of the batch in its session
   */
  CompletionStage<?> append(RaftPeerId receiver, long number, byte[] entry);
}
