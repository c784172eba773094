package io.kuber.raft;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of a member, and not of the log: what it knows, other members, another leader, a
 * shorter log. A call waits for its answer, at most {@link RatisSettings#CALL_LIMIT}.
 */
final class AdminCalls {
  private static final Logger LOG = LoggerFactory.getLogger(AdminCalls.class);

  private static final long SNAPSHOT_TIMEOUT_MILLIS = 60_000;

  private final RaftServer server;
  private final Caller caller;
  private final @Nullable PeerRpc peers;
  private final Supplier<Collection<RaftPeer>> members;

  /**
   * Who asks.
   *
   * @param calls gives each call a number of its own
   */
  record Caller(ClientId client, RaftPeerId self, RaftGroupId group, LongSupplier calls) {
    long next() {
      return calls.getAsLong();
    }
  }

  /** {@code peers} is the way to others, if there are any; {@code members} those known now. */
  AdminCalls(
      RaftServer server,
      Caller caller,
      @Nullable PeerRpc peers,
      Supplier<Collection<RaftPeer>> members) {
    this.server = server;
    this.caller = caller;
    this.peers = peers;
    this.members = members;
  }

  /** What a member knows; waits for its answer. */
  GroupInfoReply ask(RaftPeerId member) throws IOException {
    GroupInfoRequest request =
        new GroupInfoRequest(caller.client(), member, caller.group(), caller.next());
    return (GroupInfoReply) ask(request, () -> server.getGroupInfoAsync(request));
  }

  /** Has the leader change the members, unless they are others than {@code before} by now. */
  void change(RaftPeerId leader, List<RaftPeer> before, List<RaftPeer> after) throws IOException {
    SetConfigurationRequest request =
        new SetConfigurationRequest(
            caller.client(),
            leader,
            caller.group(),
            caller.next(),
            SetConfigurationRequest.Arguments.newBuilder()
                .setServersInCurrentConf(before)
                .setServersInNewConf(after)
                .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                .build());
    ask(request, () -> server.setConfigurationAsync(request));
  }

  /** Has the leader hand over to another member. */
  void transfer(RaftPeerId leader, RaftPeerId next, long limitMillis) throws IOException {
    TransferLeadershipRequest request =
        new TransferLeadershipRequest(
            caller.client(), leader, caller.group(), caller.next(), next, limitMillis);
    ask(request, () -> server.transferLeadershipAsync(request));
  }

  /** A call to this server itself. */
  @FunctionalInterface
  private interface Call {
    CompletableFuture<? extends RaftClientReply> begin() throws IOException;
  }

  private RaftClientReply ask(RaftClientRequest request, Call here) throws IOException {
    if (!caller.self().equals(request.getServerId())) {
      if (peers == null) {
        throw new IOException("this server has no peers");
      }
      return checked(peers.ask(request, members.get()));
    }
    try {
      long limit = RatisSettings.CALL_LIMIT.toLong(TimeUnit.MILLISECONDS);
      return checked(here.begin().get(limit, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      Throwables.throwIfInstanceOf(Throwables.getRootCause(e), IOException.class);
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static RaftClientReply checked(RaftClientReply reply) throws IOException {
    if (!reply.isSuccess()) {
      throw reply.getException();
    }
    return reply;
  }

  /**
   * Asks Ratis to notice the new snapshot, which lets it drop the entries before; it does so
   * between entries, for which it may take {@link #SNAPSHOT_TIMEOUT_MILLIS}.
   */
  void shorten() {
    try {
      server.snapshotManagement(
          SnapshotManagementRequest.newCreate(
              caller.client(),
              caller.self(),
              caller.group(),
              caller.next(),
              SNAPSHOT_TIMEOUT_MILLIS,
              1));
    } catch (IOException e) {
      LOG.warn("could not shorten the log", e);
    }
  }
}
