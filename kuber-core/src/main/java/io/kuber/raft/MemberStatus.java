package io.kuber.raft;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a member is, as far as the server knows that was asked.
 *
 * @param term the election that it has seen last; 0 when not known
 * @param applied the last entry of the log that it is known to have
 * @param lag entries that the leader has and this member lacks
 * @param silentSince when it was heard last; null unless it is {@link Role#AWAY}
 */
public record MemberStatus(
    Member member, Role role, long term, long applied, long lag, @Nullable Instant silentSince) {
  /** What a member does. */
  public enum Role {
    /** Decides the order of the log. */
    LEADER,
    /** Follows a leader, or looks for one. */
    FOLLOWER,
    /** Has not been heard for a while. */
    AWAY
  }
}
