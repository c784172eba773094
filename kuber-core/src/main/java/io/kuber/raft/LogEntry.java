package io.kuber.raft;

import io.kuber.store.Command;
import io.kuber.store.CommandCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of the log: many commands, and the operation that they came with.
 *
 * <p>Version, session, number, count, then the commands one after the other.
 */
final class LogEntry {
  private static final int VERSION = 1;

  private LogEntry() {}

  /**
   * Names an entry for as long as the log exists.
   *
   * @param session a random number that a store draws when it is opened
   * @param number counts the entries of the session
   */
  record OperationId(long session, long number) {}

  static byte[] encode(OperationId id, List<Command> commands, int sizeHint) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(sizeHint);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(id.session);
      out.writeLong(id.number);
      out.writeInt(commands.size());
      for (Command command : commands) {
        CommandCodec.write(command, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The operation, without reading the commands. */
  static OperationId id(ByteBuffer entry) throws IOException {
    int version = entry.get(0);
    if (version != VERSION) {
      throw new IOException("a log entry of version " + version + "; written by a newer kuber?");
    }
    return new OperationId(entry.getLong(1), entry.getLong(1 + Long.BYTES));
  }

  static List<Command> commands(byte[] entry) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
    in.skipNBytes(1 + 2 * Long.BYTES);
    int count = in.readInt();
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commands.add(CommandCodec.read(in));
    }
    return commands;
  }
}
