package io.kuber.raft;

import io.kuber.raft.Changes.Step;
import io.kuber.raft.Changes.View;
import io.kuber.raft.MembershipException.Reason;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of the cluster: who they are, how they are, and how one comes or goes. Any server
 * takes any of these calls and has the leader do it; all end within a bounded time, with {@link
 * StoreException} when it did not work, and {@link MembershipException} when it never will.
 */
public final class Members {
  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  private final Member self;
  private final UUID group;
  private final RatisLog log;
  private final Changes changes;
  private final Presence presence;

  Members(Opening opening, RatisLog log, Changes changes, Presence presence) {
    this.self = opening.self();
    this.group = opening.directory().group();
    this.log = log;
    this.changes = changes;
    this.presence = presence;
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
    return log.members().stream().map(Peers::member).toList();
  }

  /** What this server knows of the others without asking anybody. */
  public Quorum quorum() {
    return presence.quorum();
  }

  /** All members as the leader knows them; without one as far as they answer this server. */
  public CompletionStage<List<MemberStatus>> status() {
    return presence.ask();
  }

  /**
   * Makes a server a member that has started its store to join this cluster. Completes once the
   * newcomer has caught up and counts.
   */
  public CompletionStage<Void> add(Member joiner) {
    if (self.peerAddress().isEmpty() || joiner.peerAddress().isEmpty()) {
      return CompletableFuture.failedFuture(
          new MembershipException(
              Reason.CONFLICT,
              "a server without an address for peers has no others; start it with one"));
    }
    return changes.make("add " + joiner, new Adding(Peers.of(joiner)));
  }

  /** Ends a membership; a leader hands over first. A member that is away can be removed too. */
  public CompletionStage<Void> remove(String name) {
    return changes
        .make("find " + name, view -> found(name, view))
        .thenCompose(found -> changes.make("remove " + name, view -> removing(name, view)));
  }

  private static Step found(String name, View view) {
    if (view.named(name).isEmpty()) {
      throw unknown(name, view);
    }
    if (view.peers().size() == 1) {
      throw new MembershipException(
          Reason.CONFLICT, name + " is the only server and cannot be removed");
    }
    return new Step.Done();
  }

  private static MembershipException unknown(String name, View view) {
    List<String> names = view.peers().stream().map(peer -> Peers.member(peer).name()).toList();
    return new MembershipException(
        Reason.UNKNOWN_SERVER, "there is no server named " + name + "; there are " + names);
  }

  private Step removing(String name, View view) {
    Optional<RaftPeer> gone = view.named(name);
    if (gone.isEmpty()) {
      return new Step.Done();
    }
    RaftPeerId id = gone.get().getId();
    if (id.equals(view.id())) {
      return presence.successor(view).<Step>map(Step.HandOver::new).orElse(new Step.Wait());
    }
    return new Step.SetMembers(
        view.peers().stream().filter(peer -> !peer.getId().equals(id)).toList());
  }

  /** Makes another member the leader. */
  public CompletionStage<Void> transfer(String name) {
    return changes.make("make " + name + " the leader", view -> transferring(name, view));
  }

  private static Step transferring(String name, View view) {
    RaftPeer next = view.named(name).orElseThrow(() -> unknown(name, view));
    return next.getId().equals(view.id()) ? new Step.Done() : new Step.HandOver(next.getId());
  }

  /** Before a planned stop: hands leadership over, if this server leads and another one can. */
  void handOver() {
    if (!log.isLeading() || log.members().size() < 2) {
      return;
    }
    try {
      View view = changes.view();
      Optional<RaftPeerId> next = presence.successor(view);
      if (next.isPresent()) {
        log.admin().transfer(view.id(), next.get(), Changes.TRANSFER_MILLIS);
      }
    } catch (IOException e) {
      LOG.warn("could not hand leadership over: {}", e.getMessage());
    }
  }

  /** Lets the others know name and addresses of this server, when they have changed. */
  CompletionStage<Void> introduce() {
    RaftPeer current = Peers.of(self);
    return changes.make(
        "announce the addresses of this server",
        view ->
            view.peers().stream()
                .filter(peer -> peer.getId().equals(current.getId()))
                .filter(peer -> !Peers.member(peer).equals(self))
                .findFirst()
                .<Step>map(old -> new Step.SetMembers(Peers.with(current, view.peers())))
                .orElse(new Step.Done()));
  }
}
