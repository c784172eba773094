package io.kuber.raft.log;

import io.kuber.raft.log.LogEntry.Commands;
import io.kuber.raft.log.LogEntry.Compare;
import io.kuber.raft.log.LogEntry.Piece;
import io.kuber.raft.log.LogEntry.Report;
import io.kuber.store.Command;
import io.kuber.store.CommandCodec;
import io.kuber.store.Digest;
import io.kuber.store.ImageCodec;
import io.kuber.store.Sealing;
import io.kuber.store.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Entries as bytes: a number that says the layout, then its fields. A number is never used for
 * another layout, so that old logs stay readable.
 */
public final class EntryCodec {
  /** Session, number, count, commands: without a floor. Written until there were peers. */
  private static final int COMMANDS_1 = 1;

  private static final int COMMANDS_2 = 2;
  private static final int PIECE = 3;
  private static final int COMPARE = 4;
  private static final int REPORT = 5;

  /** As {@link #PIECE}, with values that are perhaps sealed. */
  private static final int PIECE_2 = 6;

  private static final int SMALL_BYTES = 128;

  private EntryCodec() {}

  /** Where the number of commands stands: behind kind, session, number and floor. */
  private static final int COUNT_AT = 1 + 3 * Long.BYTES;

  /** Whether an entry changes nothing and only marks a place in the log. */
  public static boolean isBarrier(ByteBuffer entry) {
    int start = entry.position();
    return entry.remaining() >= COUNT_AT + Integer.BYTES
        && entry.get(start) == COMMANDS_2
        && entry.getInt(start + COUNT_AT) == 0;
  }

  /** The bytes of an entry without anything to seal. */
  public static byte[] encode(LogEntry entry, int sizeHint) {
    return encode(entry, sizeHint, Sealing.NONE);
  }

  /**
   * The bytes of an entry. They are made once, by the server whose entry it is: all copies of it
   * are the same, though sealing twice gives different bytes.
   *
   * @param sizeHint about how many there will be
   * @param sealing seals the values
   */
  public static byte[] encode(LogEntry entry, int sizeHint, Sealing sealing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(sizeHint + SMALL_BYTES);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (entry instanceof Commands commands) {
        write(commands, sealing, out);
      } else if (entry instanceof Piece piece) {
        write(piece, sealing, out);
      } else if (entry instanceof Compare compare) {
        out.writeByte(COMPARE);
        out.writeLong(compare.round());
        out.writeUTF(compare.asker());
      } else {
        write((Report) entry, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Commands entry, Sealing sealing, DataOutputStream out)
      throws IOException {
    out.writeByte(COMMANDS_2);
    out.writeLong(entry.id().session());
    out.writeLong(entry.id().number());
    out.writeLong(entry.floor());
    out.writeInt(entry.commands().size());
    for (Command command : entry.commands()) {
      CommandCodec.write(command, sealing, out);
    }
  }

  private static void write(Piece entry, Sealing sealing, DataOutputStream out) throws IOException {
    out.writeByte(PIECE_2);
    out.writeBoolean(entry.first());
    out.writeLong(entry.revision());
    out.writeInt(entry.objects().size());
    for (Stored stored : entry.objects()) {
      ImageCodec.writeStored(stored, sealing, out);
    }
  }

  private static void write(Report entry, DataOutputStream out) throws IOException {
    out.writeByte(REPORT);
    out.writeLong(entry.round());
    out.writeUTF(entry.member());
    out.writeLong(entry.revision());
    out.writeLong(entry.digest().high());
    out.writeLong(entry.digest().low());
  }

  /** The operation when the entry is one of commands, without reading those. */
  public static Optional<OperationId> operation(ByteBuffer entry) {
    int layout = entry.get(entry.position());
    return layout == COMMANDS_1 || layout == COMMANDS_2
        ? Optional.of(
            new OperationId(
                entry.getLong(entry.position() + 1),
                entry.getLong(entry.position() + 1 + Long.BYTES)))
        : Optional.empty();
  }

  /** Reads an entry and leaves values sealed that are; throws as the other one. */
  public static LogEntry decode(byte[] entry) throws IOException {
    return decode(entry, Sealing.NONE);
  }

  /**
   * Reads an entry and opens its values; throws {@link IOException} when the bytes are none, or of
   * a newer kuber.
   */
  public static LogEntry decode(byte[] entry, Sealing sealing) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
    int layout = in.readUnsignedByte();
    return switch (layout) {
      case COMMANDS_1, COMMANDS_2 -> readCommands(layout, in, sealing);
      case PIECE, PIECE_2 -> readPiece(in, sealing);
      case COMPARE -> new Compare(in.readLong(), in.readUTF());
      case REPORT ->
          new Report(
              in.readLong(), in.readUTF(), in.readLong(), new Digest(in.readLong(), in.readLong()));
      default ->
          throw new IOException(
              "a log entry of layout " + layout + "; was it written by a newer kuber?");
    };
  }

  private static Commands readCommands(int layout, DataInputStream in, Sealing sealing)
      throws IOException {
    OperationId id = new OperationId(in.readLong(), in.readLong());
    long floor =
        layout == COMMANDS_1 ? Math.max(0, id.number() - Sessions.MAX_AHEAD) : in.readLong();
    int count = in.readInt();
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commands.add(CommandCodec.read(in, sealing));
    }
    return new Commands(id, floor, commands);
  }

  private static Piece readPiece(DataInputStream in, Sealing sealing) throws IOException {
    boolean first = in.readBoolean();
    long revision = in.readLong();
    int count = in.readInt();
    List<Stored> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      objects.add(ImageCodec.readStored(in, sealing));
    }
    return new Piece(first, revision, objects);
  }
}
