package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changes of the members about: looks at what the leader has, asks it for the next step, and
 * looks again, until the change is there. So it does not matter which server it runs on, whether
 * the leader changes in between, or whether an answer gets lost.
 */
final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  /** Looks at the leader's state before a change is given up. */
  private static final int MAX_LOOKS = 120;

  /** How long a leader may try to hand over before it goes on leading. */
  static final long TRANSFER_MILLIS = 2_000;

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final RatisLog log;
  private final Loop loop;
  private final Supplier<String> state;

  /** {@code loop} waits for answers of other servers. */
  Changes(RatisLog log, Loop loop, Supplier<String> state) {
    this.log = log;
    this.loop = loop;
    this.state = state;
  }

  /**
   * What the leader knows.
   *
   * @param id who it is
   * @param peers the members now
   * @param info more that it said
   */
  record View(RaftPeerId id, List<RaftPeer> peers, GroupInfoReply info) {
    Optional<RaftPeer> named(String name) {
      return peers.stream().filter(peer -> Peers.member(peer).name().equals(name)).findFirst();
    }
  }

  /** A change, seen from one state of the members. */
  @FunctionalInterface
  interface Change {
    /** What to do about it now; throws {@link MembershipException} when it makes no sense. */
    Step next(View view);
  }

  /** What to do next about a change. */
  sealed interface Step {
    /** Nothing is left to do. */
    record Done() implements Step {}

    /** Nothing but to look again. */
    record Wait() implements Step {}

    /** Asks for other members. */
    record SetMembers(List<RaftPeer> wanted) implements Step {}

    /** Asks for another leader. */
    record HandOver(RaftPeerId next) implements Step {}
  }

  /** Brings a change about; {@code what} says what it is, for the failure. */
  CompletionStage<Void> make(String what, Change change) {
    CompletableFuture<Void> made = new CompletableFuture<>();
    loop.execute(() -> look(what, change, made, 1));
    return made;
  }

  private void look(String what, Change change, CompletableFuture<Void> made, int looks) {
    String obstacle;
    try {
      View view = view();
      Step step = change.next(view);
      if (step instanceof Step.Done) {
        made.complete(null);
        return;
      }
      take(step, view);
      obstacle = "it is not there yet";
    } catch (StoreException | MembershipException refused) {
      made.completeExceptionally(refused);
      return;
    } catch (IOException e) {
      obstacle = String.valueOf(e.getMessage());
      LOG.debug("cannot {} yet", what, e);
    }
    if (looks >= MAX_LOOKS) {
      made.completeExceptionally(new StoreException("cannot " + what + ": " + obstacle, true));
    } else {
      loop.schedule(PAUSE, () -> look(what, change, made, looks + 1));
    }
  }

  private void take(Step step, View view) throws IOException {
    if (step instanceof Step.SetMembers change) {
      log.admin().change(view.id(), view.peers(), change.wanted());
    } else if (step instanceof Step.HandOver handOver) {
      log.admin().transfer(view.id(), handOver.next(), TRANSFER_MILLIS);
    }
  }

  /** Asks the leader; throws when there is none. */
  View view() throws IOException {
    RaftPeerId leader = log.leader().orElseThrow(() -> new IOException(state.get()));
    GroupInfoReply info = log.admin().ask(leader);
    List<RaftPeer> peers =
        info.getConf().map(RaftConfigurationProto::getPeersList).orElse(List.of()).stream()
            .map(Peers::peer)
            .toList();
    return new View(leader, peers, info);
  }
}
