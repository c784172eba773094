package io.kuber.store;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands as bytes of a log entry: kind, resource, namespace, name, expected revision, value; or
 * kind, number, and so many others.
 *
 * <p>A sealed value makes another kind, so that a kuber that cannot open it says so.
 *
 * <p>Kinds are never reused for another layout, so that old logs stay readable; a new layout takes
 * a new kind.
 */
public final class CommandCodec {
  private static final int PUT = 1;
  private static final int DELETE = 2;
  private static final int SEALED_PUT = 3;
  private static final int SEALED_DELETE = 4;
  private static final int TOGETHER = 5;

  /** The largest value that is believed when reading; a larger one means damaged bytes. */
  private static final int MAX_VALUE_BYTES = 64 << 20;

  private CommandCodec() {}

  /** Writes one command, its value as {@code sealing} wants it. */
  public static void write(Command command, Sealing sealing, DataOutput out) throws IOException {
    if (command instanceof Command.Together together) {
      out.writeByte(TOGETHER);
      out.writeShort(together.puts().size());
      for (Command.Put part : together.puts()) {
        write(part, sealing, out);
      }
      return;
    }
    boolean put = command instanceof Command.Put;
    byte[] value = sealing.toWrite(command.key(), value(command));
    if (Sealing.isSealed(value)) {
      out.writeByte(put ? SEALED_PUT : SEALED_DELETE);
    } else {
      out.writeByte(put ? PUT : DELETE);
    }
    writeKey(command.key(), out);
    out.writeLong(command.expected());
    writeValue(value, out);
  }

  /** Reads one command; throws {@link IOException} when the bytes are none. */
  public static Command read(DataInput in, Sealing sealing) throws IOException {
    int kind = in.readUnsignedByte();
    if (kind == TOGETHER) {
      return readTogether(in, sealing);
    }
    if (kind < PUT || kind > SEALED_DELETE) {
      throw new IOException("unknown kind of command " + kind + "; written by a newer kuber?");
    }
    Key key = readKey(in);
    long expected = in.readLong();
    byte[] bytes = readValue(in);
    if (Sealing.isSealed(bytes) != (kind == SEALED_PUT || kind == SEALED_DELETE)) {
      throw new IOException("the value of " + key + " is not what its kind says: damaged bytes");
    }
    byte[] value = sealing.asRead(key, bytes);
    return kind == PUT || kind == SEALED_PUT
        ? new Command.Put(key, expected, value)
        : new Command.Delete(key, expected, value);
  }

  private static Command readTogether(DataInput in, Sealing sealing) throws IOException {
    int size = in.readUnsignedShort();
    List<Command.Put> puts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (!(read(in, sealing) instanceof Command.Put put)) {
        throw new IOException("something else among writes that belong together: damaged bytes");
      }
      puts.add(put);
    }
    try {
      return new Command.Together(puts);
    } catch (IllegalArgumentException e) {
      throw new IOException("damaged bytes: " + e.getMessage(), e);
    }
  }

  /** The bytes that a command about one object carries. */
  private static byte[] value(Command command) {
    return command instanceof Command.Put put ? put.value() : ((Command.Delete) command).last();
  }

  /** How many bytes of values a command carries. */
  public static int size(Command command) {
    return command instanceof Command.Together together
        ? together.puts().stream().mapToInt(put -> put.value().length).sum()
        : value(command).length;
  }

  static void writeKey(Key key, DataOutput out) throws IOException {
    out.writeUTF(key.resource());
    out.writeUTF(key.namespace());
    out.writeUTF(key.name());
  }

  static Key readKey(DataInput in) throws IOException {
    return new Key(Names.shared(in.readUTF()), Names.shared(in.readUTF()), in.readUTF());
  }

  static void writeValue(byte[] value, DataOutput out) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  static byte[] readValue(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_VALUE_BYTES) {
      throw new IOException("a value of " + length + " bytes: the bytes are damaged");
    }
    byte[] value = new byte[length];
    in.readFully(value);
    return value;
  }
}
