package io.kuber.raft;

import io.kuber.loop.Loops;
import io.kuber.store.AppliedState;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of Ratis with one group, and the ways into it that kuber uses. */
final class RatisLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);

  private static final RaftPeerId PEER = RaftPeerId.valueOf("kuber-1");
  private static final long SNAPSHOT_TIMEOUT_MILLIS = 60_000;

  private final RaftGroupId group;
  private final ReplicatedMachine machine;
  private final RaftServer server;
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();

  RatisLog(
      RaftConfig config,
      Loops loops,
      StoreDirectory directory,
      AppliedState state,
      FaultHandler faults)
      throws IOException {
    this.group = RaftGroupId.valueOf(directory.group());
    Snapshots snapshots =
        new Snapshots(
            directory.unfinishedSnapshot(),
            config.snapshotAfterBytes(),
            loops.loop("store-snapshots"),
            this::shorten);
    this.machine = new ReplicatedMachine(state, snapshots, faults);
    this.server =
        RaftServer.newBuilder()
            .setServerId(PEER)
            .setGroup(RaftGroup.valueOf(group, RaftPeer.newBuilder().setId(PEER).build()))
            .setProperties(RatisSettings.of(directory.log()))
            .setStateMachine(machine)
            .setOption(StartupOption.RECOVER)
            .build();
  }

  void start(Sequencer sequencer) throws IOException {
    machine.serve(sequencer);
    server.start();
  }

  CompletableFuture<Void> ready() {
    return machine.ready();
  }

  /** Appends a batch; completes once it is applied, or fails. */
  CompletionStage<RaftClientReply> append(Batch batch) {
    byte[] entry = LogEntry.encode(batch.id(), batch.commands(), batch.bytes());
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(PEER)
            .setGroupId(group)
            .setCallId(calls.incrementAndGet())
            .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    try {
      // The division itself, not the server in front of it, saves a change of threads.
      return ((RaftClientAsynchronousProtocol) server.getDivision(group))
          .submitClientRequestAsync(request)
          .thenApply(RatisLog::successful);
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

  /** What a failed append means for those who wait. */
  static StoreException reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    // A peer that stops leading refuses what it has appended already, and that may be committed.
    boolean unknown = !(cause instanceof LeaderNotReadyException);
    return new StoreException("the log did not take the write: " + cause, unknown, cause);
  }

  /** Asks Ratis to notice the new snapshot, which lets it drop the entries before. */
  private void shorten() {
    if (machine.isClosing()) {
      return;
    }
    try {
      server.snapshotManagement(
          SnapshotManagementRequest.newCreate(
              client, PEER, group, calls.incrementAndGet(), SNAPSHOT_TIMEOUT_MILLIS, 1));
    } catch (IOException e) {
      LOG.warn("could not shorten the log", e);
    }
  }

  @Override
  public void close() {
    machine.expectClose();
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("could not close the log", e);
    }
  }
}
