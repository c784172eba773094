package io.kuber.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.SimulatedLoops;
import io.kuber.raft.log.EntryCodec;
import io.kuber.raft.log.LogEntry;
import io.kuber.raft.log.LogState;
import io.kuber.raft.log.OperationId;
import io.kuber.raft.log.StoreDirectory;
import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.Sealing;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicatedMachineTest {
  private static final int SNAPSHOT_AFTER = 1 << 20;
  private static final byte[] OF_A_LATER_VERSION = {127, 1, 2, 3};

  @TempDir Path data;

  private final List<String> faults = new ArrayList<>();
  private final AppliedState state = new AppliedState(TreeImage.EMPTY);

  /** Ratis closes a server in silence when its machine throws. */
  @Test
  void reportsAnEntryThatItCannotApplyAndAppliesNothingMore() throws IOException {
    SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
    try (StoreDirectory directory = StoreDirectory.open(data, null, loops.entropy())) {
      Snapshots snapshots =
          new Snapshots(
              directory.unfinishedSnapshot(),
              Optional.empty(),
              SNAPSHOT_AFTER,
              Sealing.NONE,
              loops.loop("snapshots"));
      ReplicatedMachine machine =
          new ReplicatedMachine(
              new LogState(state),
              snapshots,
              Sealing.NONE,
              new Space(directory),
              (text, cause) -> faults.add(text));
      apply(machine, 1, put(1));
      assertThat(state.image().revision()).isEqualTo(1);
      apply(machine, 2, OF_A_LATER_VERSION);
      assertThat(faults).containsExactly("the log could not be applied at entry 2");
      apply(machine, 3, put(2));
      assertThat(state.image().revision()).isEqualTo(1);
      assertThat(machine.getLastAppliedTermIndex().getIndex()).isEqualTo(1);
      assertThat(faults).hasSize(1);
    }
  }

  private static byte[] put(long number) {
    Command put = new Command.Put(new Key("pods", "default", "pod-" + number), 0, new byte[] {'1'});
    return EntryCodec.encode(
        new LogEntry.Commands(new OperationId(1, number), number, List.of(put)), 100);
  }

  private static void apply(ReplicatedMachine machine, long index, byte[] entry) {
    StateMachineLogEntryProto data =
        StateMachineLogEntryProto.newBuilder().setLogData(ByteString.copyFrom(entry)).build();
    TransactionContext transaction =
        TransactionContext.newBuilder()
            .setServerRole(RaftPeerRole.FOLLOWER)
            .setStateMachine(machine)
            .setLogEntry(
                LogEntryProto.newBuilder()
                    .setTerm(1)
                    .setIndex(index)
                    .setStateMachineLogEntry(data)
                    .build())
            .build();
    assertThat(machine.applyTransaction(transaction)).isCompleted();
  }
}
