package io.kuber.raft;

import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
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
  private final AppliedState state;
  private final Snapshots snapshots;
  private final FaultHandler faults;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Sequencer> sequencer = new CompletableFuture<>();
  private volatile boolean closing;
  private boolean broken;

  ReplicatedMachine(AppliedState state, Snapshots snapshots, FaultHandler faults) {
    this.state = state;
    this.snapshots = snapshots;
    this.faults = faults;
  }

  /** Whoever waits for what is applied from now on; replay needs nobody. */
  void serve(Sequencer those) {
    sequencer.complete(those);
  }

  /** Completes once this peer leads and has applied all that was in the log. */
  CompletableFuture<Void> ready() {
    return ready;
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
    getLifeCycle().startAndTransition(() -> load(storage));
  }

  private void load(RaftStorage storage) throws IOException {
    snapshots.begin(storage);
    reload();
  }

  private void reload() throws IOException {
    Snapshots.Loaded loaded = snapshots.load();
    if (loaded != null) {
      state.replace(loaded.image());
      setLastAppliedTermIndex(loaded.place());
    }
  }

  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  /** Goes on from a snapshot that the leader has sent. */
  @Override
  public void reinitialize() throws IOException {
    snapshots.received();
    reload();
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
  public void notifyLeaderReady() {
    ready.complete(null);
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    faults.fatal("the log could not be written" + at(entry), cause);
  }

  @Override
  public void notifyServerShutdown(RoleInfoProto role, boolean all) {
    if (!closing) {
      faults.fatal("the log was closed", new IllegalStateException("Ratis stopped by itself"));
    }
  }

  private static String at(@Nullable LogEntryProto entry) {
    return entry == null ? "" : " at entry " + entry.getIndex();
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    if (!broken) {
      try {
        apply(entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer());
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        snapshots.applied(entry.getSerializedSize(), getLastAppliedTermIndex(), state.image());
      } catch (IOException | RuntimeException e) {
        broken = true;
        faults.fatal("the log could not be applied" + at(entry), e);
      }
    }
    return CompletableFuture.completedFuture(Message.EMPTY);
  }

  private void apply(ByteBuffer entry) throws IOException {
    Sequencer waiting = sequencer.getNow(null);
    Batch batch = waiting == null ? null : waiting.take(LogEntry.id(entry));
    List<Command> commands = batch == null ? decode(entry) : batch.commands();
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    for (Command command : commands) {
      outcomes.add(state.apply(command));
    }
    if (waiting != null && batch != null) {
      waiting.applied(batch, outcomes);
    }
  }

  private static List<Command> decode(ByteBuffer entry) throws IOException {
    byte[] bytes = new byte[entry.remaining()];
    entry.get(bytes);
    return LogEntry.commands(bytes);
  }

  /** Says up to where the log may go; the snapshot itself was written in the background. */
  @Override
  public long takeSnapshot() {
    return snapshots.lastIndex();
  }
}
