package io.kuber.raft;

import io.kuber.loop.Loop;
import io.kuber.raft.Changes.View;
import io.kuber.raft.MemberStatus.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who of the members is there. The leader knows it anyway; without one each is asked.
 *
 * <p>Owner thread: the loop, which waits for answers; {@link #quorum} may be asked from any.
 */
final class Presence {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  /** A member that was not heard for this long is away. */
  private static final Duration SILENCE = Duration.ofSeconds(4);

  /** A member that was not heard for this long is not asked to lead: some heartbeats are lost. */
  private static final Duration MISSED_HEARTBEATS = Duration.ofSeconds(2);

  /** A member that lacks no more entries than this has caught up; none ever has all under load. */
  static final long MAX_LAG = 1_000;

  private final RatisLog log;
  private final Changes changes;
  private final Loop loop;
  private final InstantSource clock;
  private final Map<RaftPeerId, Instant> heard = new HashMap<>();
  private volatile Quorum known;

  Presence(RatisLog log, Changes changes, Member self, Loop loop, InstantSource clock) {
    this.log = log;
    this.changes = changes;
    this.loop = loop;
    this.clock = clock;
    this.known = new Quorum(List.of(new MemberStatus(self, Role.FOLLOWER, 0, 0, 0, null)));
  }

  /** What was found out last. */
  Quorum quorum() {
    return known;
  }

  CompletionStage<List<MemberStatus>> ask() {
    CompletableFuture<List<MemberStatus>> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            look();
            answer.complete(known.members());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Finds out anew. */
  private void look() {
    try {
      View view = changes.view();
      if (view.info().getRoleInfoProto().hasLeaderInfo()) {
        known = seenBy(view);
        return;
      }
    } catch (IOException e) {
      // Without a leader everybody is asked.
    }
    known = new Quorum(log.members().stream().map(this::probe).toList());
  }

  private Quorum seenBy(View view) {
    RoleInfoProto role = view.info().getRoleInfoProto();
    Map<String, Long> commits = commits(view.info());
    Map<String, Long> silences = silences(role);
    long newest = commits.getOrDefault(view.id().toString(), 0L);
    long term = role.getLeaderInfo().getTerm();
    return new Quorum(
        view.peers().stream()
            .map(
                peer -> {
                  String id = peer.getId().toString();
                  long applied = commits.getOrDefault(id, 0L);
                  Instant last = clock.instant().minusMillis(silences.getOrDefault(id, 0L));
                  heard.put(peer.getId(), last);
                  Role does = peer.getId().equals(view.id()) ? Role.LEADER : follows(last);
                  return status(peer, does, term, applied, newest - applied);
                })
            .toList());
  }

  private Role follows(Instant lastHeard) {
    return Duration.between(lastHeard, clock.instant()).compareTo(SILENCE) > 0
        ? Role.AWAY
        : Role.FOLLOWER;
  }

  private MemberStatus probe(RaftPeer peer) {
    heard.putIfAbsent(peer.getId(), clock.instant());
    try {
      GroupInfoReply info = log.admin().ask(peer.getId());
      heard.put(peer.getId(), clock.instant());
      long applied = info.getLogInfoProto().getApplied().getIndex();
      return status(peer, Role.FOLLOWER, 0, applied, 0);
    } catch (IOException e) {
      return status(peer, Role.AWAY, 0, 0, 0);
    }
  }

  private MemberStatus status(RaftPeer peer, Role role, long term, long applied, long lag) {
    Instant since = role == Role.AWAY ? heard.get(peer.getId()) : null;
    return new MemberStatus(Peers.member(peer), role, term, applied, Math.max(0, lag), since);
  }

  /** For how many milliseconds the leader has not heard each of the others. */
  private static Map<String, Long> silences(RoleInfoProto leader) {
    return leader.getLeaderInfo().getFollowerInfoList().stream()
        .collect(
            Collectors.toMap(
                info -> info.getId().getId().toStringUtf8(),
                ServerRpcProto::getLastRpcElapsedTimeMs,
                Math::max));
  }

  private static Map<String, Long> commits(GroupInfoReply info) {
    return info.getCommitInfos().stream()
        .collect(
            Collectors.toMap(
                commit -> commit.getServer().getId().toStringUtf8(),
                CommitInfoProto::getCommitIndex,
                Math::max));
  }

  /** How many entries a member lacks; very many when it was never heard. */
  static long lag(RaftPeerId member, View view) {
    Map<String, Long> commits = commits(view.info());
    Long has = commits.get(member.toString());
    Long newest = commits.get(view.id().toString());
    return has == null || newest == null || has <= 0 ? Long.MAX_VALUE : newest - has;
  }

  /**
   * The member to lead when the leader goes: the one heard last of those that have caught up, if it
   * answers now. One that has stopped just now seems to be there, and waiting for it would keep
   * writes waiting. Waits for answers; any thread.
   */
  Optional<RaftPeerId> successor(View view) {
    return candidates(view).stream().filter(this::answers).findFirst();
  }

  /** Those that may be there, the best first. */
  static List<RaftPeerId> candidates(View view) {
    Map<String, Long> silences = silences(view.info().getRoleInfoProto());
    Comparator<RaftPeerId> behind = Comparator.comparing(id -> lag(id, view) > MAX_LAG);
    return view.peers().stream()
        .map(RaftPeer::getId)
        .filter(id -> !id.equals(view.id()))
        .filter(id -> silence(id, silences) < MISSED_HEARTBEATS.toMillis())
        .sorted(behind.thenComparingLong(id -> silence(id, silences)))
        .toList();
  }

  private static long silence(RaftPeerId member, Map<String, Long> silences) {
    return silences.getOrDefault(member.toString(), Long.MAX_VALUE);
  }

  private boolean answers(RaftPeerId member) {
    try {
      log.admin().ask(member);
      return true;
    } catch (IOException e) {
      LOG.debug("{} does not lead next", member, e);
      return false;
    }
  }
}
