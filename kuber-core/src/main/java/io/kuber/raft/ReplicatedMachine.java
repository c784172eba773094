package io.kuber.raft;

import io.kuber.raft.log.EntryCodec;
import io.kuber.raft.log.LogEntry;
import io.kuber.raft.log.LogState;
import io.kuber.raft.log.Snapshot;
import io.kuber.store.Sealing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Applies the log to the state: what Ratis calls a state machine.
 *
 * <p>Owner thread: the applier of Ratis. It must never throw out of {@link #applyTransaction},
 * which would close the server in silence; a broken invariant goes to the fault handler instead,
 * and nothing is applied any more.
 */
final class ReplicatedMachine extends BaseStateMachine {
  private final LogState state;
  private final Snapshots snapshots;
  private final Sealing sealing;
  private final Space space;
  private final FaultHandler faults;
  private final CompletableFuture<Audience> audience = new CompletableFuture<>();
  private volatile boolean closing;
  private boolean broken;

  ReplicatedMachine(
      LogState state, Snapshots snapshots, Sealing sealing, Space space, FaultHandler faults) {
    this.state = state;
    this.snapshots = snapshots;
    this.sealing = sealing;
    this.space = space;
    this.faults = faults;
  }

  /** Whoever is interested in what is applied from now on; replay interests nobody. */
  void serve(Audience those) {
    audience.complete(those);
  }

  /** From now on the end of the log is no surprise. */
  void expectClose() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage)
      throws IOException {
    super.initialize(server, group, storage);
    getLifeCycle()
        .startAndTransition(
            () -> {
              snapshots.begin(storage);
              snapshots.first().ifPresent(this::goOnFrom);
            });
  }

  private void goOnFrom(Snapshot snapshot) {
    state.replace(snapshot);
    setLastAppliedTermIndex(TermIndex.valueOf(snapshot.term(), snapshot.index()));
  }

  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  /** Goes on from a snapshot that the leader has sent. */
  @Override
  public void reinitialize() throws IOException {
    try {
      goOnFrom(snapshots.received());
    } catch (IOException e) {
      faults.fatal("the snapshot that the leader has sent is of no use", e);
      throw e;
    }
    if (getLifeCycleState() == LifeCycle.State.PAUSED) {
      getLifeCycle().transition(LifeCycle.State.STARTING);
      getLifeCycle().transition(LifeCycle.State.RUNNING);
    }
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return snapshots.storage();
  }

  @Override
  public @Nullable SnapshotInfo getLatestSnapshot() {
    return snapshots.latest();
  }

  @Override
  public void notifyLeaderReady() {
    tellLeaderChanged();
  }

  @Override
  public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
    tellLeaderChanged();
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    tellLeaderChanged();
  }

  private void tellLeaderChanged() {
    Audience those = audience.getNow(null);
    if (those != null) {
      those.leaderChanged();
    }
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    faults.fatal("the log could not be written" + at(entry), cause);
  }

  @Override
  public void notifyServerShutdown(RoleInfoProto role, boolean all) {
    if (!closing) {
      faults.fatal(
          "the log was closed: the process was paused for too long, or the other servers do not"
              + " count this one as a member any more",
          new IllegalStateException("Ratis stopped by itself"));
    }
  }

  private static String at(@Nullable LogEntryProto entry) {
    return entry == null ? "" : " at entry " + entry.getIndex();
  }

  /** The leader's last chance to refuse an entry, whichever server it comes from. */
  @Override
  public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
    TransactionContext transaction = super.startTransaction(request);
    space
        .refusal(EntryCodec.isBarrier(request.getMessage().getContent().asReadOnlyByteBuffer()))
        .ifPresent(text -> transaction.setException(new IOException(text)));
    return transaction;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    if (!broken) {
      try {
        apply(entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer());
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        snapshots.applied(entry.getSerializedSize(), getLastAppliedTermIndex(), state);
      } catch (IOException | RuntimeException e) {
        broken = true;
        faults.fatal("the log could not be applied" + at(entry), e);
      }
    }
    return CompletableFuture.completedFuture(Message.EMPTY);
  }

  private void apply(ByteBuffer bytes) throws IOException {
    Audience those = audience.getNow(null);
    Optional<Batch> own =
        those == null ? Optional.empty() : EntryCodec.operation(bytes).flatMap(those::expected);
    if (those != null && own.isPresent()) {
      Batch batch = own.get();
      state
          .apply(batch.entry())
          .ifPresentOrElse(
              outcomes -> those.applied(batch, outcomes, state.image()), () -> those.passed(batch));
    } else {
      apply(decode(bytes), those);
    }
  }

  private void apply(LogEntry entry, @Nullable Audience those) {
    if (entry instanceof LogEntry.Commands commands) {
      state.apply(commands);
    } else if (entry instanceof LogEntry.Piece piece) {
      state.apply(piece);
    } else if (those != null && entry instanceof LogEntry.Compare compare) {
      those.compare(compare, state.image());
    } else if (those != null && entry instanceof LogEntry.Report report) {
      those.report(report);
    }
  }

  private LogEntry decode(ByteBuffer entry) throws IOException {
    byte[] bytes = new byte[entry.remaining()];
    entry.get(bytes);
    return EntryCodec.decode(bytes, sealing);
  }

  /** Says up to where the log may go; the snapshot itself was written in the background. */
  @Override
  public long takeSnapshot() {
    return snapshots.lastIndex();
  }
}
