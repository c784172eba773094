package io.kuber.raft.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;

/** Who the members were when a store was open last. */
public final class Configuration {
  private Configuration() {}

  /** The members as the log had them last; none when it never had any. */
  public static List<RaftPeerProto> of(StoreDirectory directory) throws IOException {
    Path file = directory.configuration();
    if (!Files.exists(file)) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in(LogEntryProto.parseFrom(in));
    }
  }

  static List<RaftPeerProto> in(LogEntryProto entry) {
    return entry.getConfigurationEntry().getPeersList();
  }
}
