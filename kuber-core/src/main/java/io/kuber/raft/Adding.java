package io.kuber.raft;

import io.kuber.raft.Changes.Step;
import io.kuber.raft.Changes.View;
import io.kuber.raft.MembershipException.Reason;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeer;

/**
 * Makes a server a member that has caught up.
 *
 * <p>It is asked for under the address that it has when this begins. A member that has caught up
 * corrects its own addresses ({@link Members#introduce}), maybe before this looks again, and then
 * its word counts: two that set one address in turns would never end.
 */
final class Adding implements Changes.Change {
  private final RaftPeer joiner;
  private boolean hasLooked;

  /** The member of that name as it was when this looked first. */
  private Optional<Member> before = Optional.empty();

  Adding(RaftPeer joiner) {
    this.joiner = joiner;
  }

  @Override
  public Step next(View view) {
    Member wanted = Peers.member(joiner);
    Optional<RaftPeer> named = view.named(wanted.name());
    if (named.isPresent() && !named.get().getId().equals(joiner.getId())) {
      throw new MembershipException(
          Reason.CONFLICT,
          "a server named "
              + wanted.name()
              + " is a member already; if it is gone for good, remove it first: kuber server remove "
              + wanted.name());
    }
    Optional<Member> now = named.map(Peers::member);
    if (!hasLooked) {
      hasLooked = true;
      before = now;
    }
    boolean isAdded = now.isPresent() && (now.get().equals(wanted) || !now.equals(before));
    if (!isAdded) {
      return new Step.SetMembers(Peers.with(joiner, view.peers()));
    }
    return Presence.lag(joiner.getId(), view) <= Presence.MAX_LAG
        ? new Step.Done()
        : new Step.Wait();
  }
}
