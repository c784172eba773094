package io.kuber.raft;

import io.kuber.raft.MemberStatus.Role;
import io.kuber.store.StoreException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The servers of the cluster: who they are, how they are, and how one comes or goes. Any server
 * takes any of these calls and has the leader do it; all end within a bounded time, with {@link
 * StoreException} when it did not work.
 */
public final class Members {
  private final Member self;
  private final UUID group;

  Members(Member self, UUID group) {
    this.self = self;
    this.group = group;
  }

  /** This server, as a cluster that it joins has to know it. */
  public Member self() {
    return self;
  }

  /** The cluster, which a server names that wants to join it. */
  public UUID group() {
    return group;
  }

  /** All members as this server knows them now. */
  public List<Member> list() {
    return List.of(self);
  }

  /** What this server knows of the others without asking anybody. */
  public Quorum quorum() {
    return new Quorum(List.of(new MemberStatus(self, Role.LEADER, 0, 0, 0, null)));
  }

  /** All members as the leader knows them; without one as far as they answer this server. */
  public CompletionStage<List<MemberStatus>> status() {
    return CompletableFuture.completedFuture(quorum().members());
  }

  /**
   * Makes a server a member that has started its store to join this cluster. Completes once the
   * newcomer has caught up and counts.
   */
  public CompletionStage<Void> add(Member joiner) {
    return alone();
  }

  /** Ends a membership; a leader hands over first. A member that is away can be removed too. */
  public CompletionStage<Void> remove(String name) {
    return alone();
  }

  /** Makes another member the leader. */
  public CompletionStage<Void> transfer(String name) {
    return alone();
  }

  private static CompletionStage<Void> alone() {
    return CompletableFuture.failedFuture(
        new StoreException(
            "this server has no address for peers; start it with one to have a cluster", false));
  }
}
