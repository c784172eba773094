package io.kuber.raft.log;

import io.kuber.store.AppliedState;
import io.kuber.store.Sealing;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;

/** Reads what a directory holds, entries included that were perhaps never acknowledged. */
public final class Salvage {
  private final LogState state = new LogState(new AppliedState(TreeImage.EMPTY));
  private long last = LogFiles.FIRST - 1;
  private List<RaftPeerProto> members = List.of();

  private Salvage() {}

  /**
   * What was found.
   *
   * @param lastEntry the place of the last entry
   * @param members the configuration that was written last
   */
  public record Found(TreeImage image, long lastEntry, List<RaftPeerProto> members) {}

  /**
   * Reads the newest whole snapshot and all entries behind it; changes nothing, and leaves values
   * sealed that are.
   */
  public static Found read(StoreDirectory directory) throws IOException {
    SnapshotFiles.Choice choice = SnapshotFiles.in(directory.snapshots()).choose(Sealing.NONE);
    LogFiles log = LogFiles.in(directory.segments());
    log.checkBehind(choice.index());
    Salvage salvage = new Salvage();
    choice.snapshot().ifPresent(salvage::begin);
    salvage.members = Configuration.of(directory);
    log.read(salvage::entry);
    return new Found(salvage.state.image(), salvage.last, salvage.members);
  }

  private void begin(Snapshot snapshot) {
    state.replace(snapshot);
    last = snapshot.index();
  }

  private void entry(ByteBuffer bytes) throws IOException {
    LogEntryProto entry = LogEntryProto.parseFrom(bytes);
    if (entry.hasConfigurationEntry()) {
      members = Configuration.in(entry);
    }
    if (entry.getIndex() <= last) {
      return;
    }
    last = entry.getIndex();
    if (entry.hasStateMachineLogEntry()) {
      apply(EntryCodec.decode(entry.getStateMachineLogEntry().getLogData().toByteArray()));
    }
  }

  private void apply(LogEntry entry) {
    if (entry instanceof LogEntry.Commands commands) {
      state.apply(commands);
    } else if (entry instanceof LogEntry.Piece piece) {
      state.apply(piece);
    }
  }
}
