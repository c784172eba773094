package io.kuber.raft;

import com.google.common.base.Throwables;
import io.kuber.loop.Loop;
import io.kuber.raft.log.StoreDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of Ratis with one group, and the ways into it that kuber uses. */
final class RatisLog implements Road, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

  /** Calls that are no batch of commands have numbers above those. */
  private static final long FIRST_CALL = 1L << 48;

  private final RaftGroupId group;
  private final RaftPeerId self;
  private final ReplicatedMachine machine;
  private final RaftServer server;
  private final RaftServer.Division division;
  private final boolean joining;
  private final @Nullable PeerRpc peers;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong(FIRST_CALL);
  private final AdminCalls admin;
  private final Loop closing;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Makes the server without starting it; {@code closing} waits for its end. */
  RatisLog(RaftConfig config, Opening opening, ReplicatedMachine machine, Loop closing)
      throws IOException {
    this.closing = closing;
    StoreDirectory directory = opening.directory();
    Peering peering = config.peering();
    this.group = RaftGroupId.valueOf(directory.group());
    this.self = RaftPeerId.valueOf(directory.peer());
    this.machine = machine;
    this.joining = peering != null && peering.joins() != null && !directory.isMember();
    RaftProperties settings =
        peering == null
            ? RatisSettings.alone(directory.log(), config.logLimits())
            : RatisSettings.peered(
                directory.log(), config.logLimits(), opening.hasOthers() || joining);
    DiskGate gate = new DiskGate(opening.space());
    this.peers = peering == null ? null : new PeerRpc(peering, client, settings, gate);
    this.server =
        RaftServer.newBuilder()
            .setServerId(self)
            .setGroup(
                RaftGroup.valueOf(group, joining ? List.of() : List.of(Peers.of(opening.self()))))
            .setProperties(settings)
            .setParameters(peers == null ? new Parameters() : peers.parameters())
            .setStateMachine(machine)
            .setOption(StartupOption.RECOVER)
            .build();
    gate.guard(server);
    this.division = server.getDivision(group);
    this.admin =
        new AdminCalls(
            server,
            new AdminCalls.Caller(client, self, group, this::nextCall),
            peers,
            this::members);
    // Ratis keeps the first address that it hears of a peer, and reads the log from its beginning.
    server.getServerRpc().addRaftPeers(opening.others().stream().map(Peers::of).toList());
  }

  void start() throws IOException {
    // Ratis would end the whole process when an address is taken.
    ExitUtils.disableSystemExit();
    try {
      server.start();
    } catch (ExitUtils.ExitException e) {
      throw new IOException(
          "cannot listen on %s for other servers: %s"
              .formatted(
                  server.getServerRpc().getInetSocketAddress(),
                  Throwables.getRootCause(e).getMessage()),
          e);
    }
  }

  /** Whether this server is not known to be a member yet. */
  boolean isJoining() {
    return joining;
  }

  RaftPeerId self() {
    return self;
  }

  /** This server and its cluster; what Ratis calls its threads begins with it. */
  RaftGroupMemberId member() {
    return division.getMemberId();
  }

  @Override
  public Optional<RaftPeerId> leader() {
    return Optional.ofNullable(division.getInfo().getLeaderId());
  }

  boolean isSelf(RaftPeerId peer) {
    return self.equals(peer);
  }

  /** Whether this server leads, and has applied all that was in the log before. */
  boolean isLeading() {
    return division.getInfo().isLeaderReady();
  }

  /** Whether Ratis has stopped without being asked to. */
  boolean isBroken() {
    return !division.getInfo().isAlive() && !machine.isClosing();
  }

  DivisionInfo info() {
    return division.getInfo();
  }

  /**
   * Whether this server is the only member, and its image has all that was ever acknowledged: no
   * other one can have acknowledged anything since the entry that made it so.
   */
  boolean isAlone() {
    RaftConfiguration configuration = division.getRaftConf();
    Collection<RaftPeer> members = configuration.getCurrentPeers();
    return members.size() == 1
        && configuration.getPreviousPeers().isEmpty()
        && isLeading()
        && machine.getLastAppliedTermIndex().getIndex() >= configuration.getLogEntryIndex();
  }

  /** What is asked of a member, and not of the log. */
  AdminCalls admin() {
    return admin;
  }

  /** The members that this server knows of. */
  Collection<RaftPeer> members() {
    return division.getRaftConf().getCurrentPeers();
  }

  /** Completes once the entry is applied at the leader, or fails. */
  @Override
  public CompletionStage<RaftClientReply> append(RaftPeerId leader, long call, byte[] entry) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(leader)
            .setGroupId(group)
            .setCallId(call)
            .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    return send(request).thenApply(RatisLog::successful);
  }

  /** Appends an entry that is no batch of commands. */
  CompletionStage<RaftClientReply> append(RaftPeerId leader, byte[] entry) {
    return append(leader, nextCall(), entry);
  }

  /** Appends an entry that nobody waits for, if somebody leads; tried once. */
  void note(byte[] entry) {
    leader()
        .ifPresent(
            leader ->
                append(leader, entry)
                    .whenComplete(
                        (reply, failure) -> {
                          if (failure != null) {
                            LOG.debug("an entry was not taken", failure);
                          }
                        }));
  }

  private CompletableFuture<RaftClientReply> send(RaftClientRequest request) {
    if (!isSelf(request.getServerId())) {
      return peers == null
          ? CompletableFuture.failedFuture(new IOException("this server has no peers"))
          : peers.send(request, members());
    }
    try {
      // The division itself, not the server in front of it, saves a change of threads.
      return ((RaftClientAsynchronousProtocol) division).submitClientRequestAsync(request);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static RaftClientReply successful(RaftClientReply reply) {
    if (!reply.isSuccess()) {
      throw new CompletionException(reply.getException());
    }
    return reply;
  }

  private long nextCall() {
    return calls.incrementAndGet();
  }

  /**
   * Stops; waits no longer than {@link #CLOSE_LIMIT}, since Ratis itself would wait for a day. What
   * was acknowledged is on the disk in any case.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    machine.expectClose();
    CompletableFuture<Void> end = new CompletableFuture<>();
    closing.execute(
        () -> {
          try {
            stop();
            end.complete(null);
          } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
          }
        });
    try {
      end.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("interrupted before the log was closed", e);
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("the log could not be closed within {}", CLOSE_LIMIT, e);
    }
  }

  private void stop() throws IOException {
    CacheEviction.end(member());
    server.close();
    if (peers != null) {
      peers.close();
    }
  }
}
