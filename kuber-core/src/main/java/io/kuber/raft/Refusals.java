package io.kuber.raft;

import com.google.common.base.Throwables;
import java.util.Optional;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.protocol.exceptions.StateMachineException;

/** What it means when a leader did not take an entry. */
final class Refusals {
  private Refusals() {}

  /** Whether the entry is not in the log for certain, and will not come into it. */
  static boolean isCertain(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .anyMatch(
            cause ->
                cause instanceof LeaderNotReadyException
                    || cause instanceof LeaderSteppingDownException
                    || cause instanceof ResourceUnavailableException
                    || cause instanceof StateMachineException);
  }

  /** Why the leader does not want the entry, now or later; empty when another try may help. */
  static Optional<String> ofThisWrite(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .filter(StateMachineException.class::isInstance)
        .map(refusal -> String.valueOf(Throwables.getRootCause(refusal).getMessage()))
        .findFirst();
  }
}
