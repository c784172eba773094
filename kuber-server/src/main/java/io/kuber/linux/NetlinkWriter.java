package io.kuber.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Writes netlink messages, one after another, into one growing buffer: header, the family's own
 * header, then attributes that may nest. Pure; used by one thread at a time.
 *
 * <p>Numbers are in the machine's byte order unless a method's name says {@code big}: rtnetlink
 * wants the machine's order, nf_tables and addresses want the network's.
 */
public final class NetlinkWriter {
  static final int HEADER_BYTES = 16;
  static final int FLAG_REQUEST = 0x1;
  static final int FLAG_ACK = 0x4;
  static final int FLAG_DUMP = 0x300;
  static final int FLAG_REPLACE = 0x100;
  static final int FLAG_EXCLUSIVE = 0x200;
  static final int FLAG_CREATE = 0x400;
  static final int FLAG_APPEND = 0x800;

  private static final int ALIGNMENT = 4;
  private static final int ATTRIBUTE_HEADER_BYTES = 4;
  private static final int NESTED = 0x8000;

  /** An attribute's length is 16 bits wide; a longer one would be cut without an error. */
  private static final int LONGEST_ATTRIBUTE = 0xffff;

  private static final int FIRST_CAPACITY = 4 << 10;

  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY).order(ByteOrder.nativeOrder());
  private int lastStart;
  private int messages;
  private int lastAnswered = -1;

  /**
   * Appends a message.
   *
   * @param flags besides {@code NLM_F_REQUEST}, which every message carries
   * @param header the header of the family, such as {@code struct ifinfomsg}
   */
  NetlinkWriter message(int type, int flags, byte[] header, Consumer<NetlinkWriter> attributes) {
    int start = buffer.position();
    lastStart = start;
    room(HEADER_BYTES);
    buffer.putInt(0).putShort((short) type).putShort((short) (flags | FLAG_REQUEST));
    buffer.putInt(0).putInt(0);
    bytes(header);
    attributes.accept(this);
    buffer.putInt(start, buffer.position() - start);
    if ((flags & (FLAG_ACK | FLAG_DUMP)) != 0) {
      lastAnswered = messages;
    }
    messages++;
    return this;
  }

  /** Raw bytes without an attribute header, padded. */
  NetlinkWriter bytes(byte[] bytes) {
    room(bytes.length + ALIGNMENT);
    buffer.put(bytes);
    while (buffer.position() % ALIGNMENT != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  NetlinkWriter attribute(int type, byte[] value) {
    room(ATTRIBUTE_HEADER_BYTES);
    buffer.putShort(attributeLength(ATTRIBUTE_HEADER_BYTES + value.length, type));
    buffer.putShort((short) type);
    return bytes(value);
  }

  NetlinkWriter string(int type, String text) {
    return attribute(type, (text + "\0").getBytes(UTF_8));
  }

  NetlinkWriter u8(int type, int value) {
    return attribute(type, new byte[] {(byte) value});
  }

  NetlinkWriter u32(int type, int value) {
    return attribute(type, nativeInt(value));
  }

  NetlinkWriter big32(int type, int value) {
    return attribute(type, bigInt(value));
  }

  NetlinkWriter big64(int type, long value) {
    return attribute(type, ByteBuffer.allocate(8).putLong(value).array());
  }

  /** An attribute whose value is attributes. */
  NetlinkWriter nest(int type, Consumer<NetlinkWriter> inner) {
    int start = buffer.position();
    room(ATTRIBUTE_HEADER_BYTES);
    buffer.putShort((short) 0).putShort((short) (type | NESTED));
    inner.accept(this);
    buffer.putShort(start, attributeLength(buffer.position() - start, type));
    return this;
  }

  /** Asks the kernel to answer the last message, and with it all before. */
  NetlinkWriter askAnswer() {
    int flags = buffer.getShort(lastStart + 6);
    buffer.putShort(lastStart + 6, (short) (flags | FLAG_ACK));
    lastAnswered = messages - 1;
    return this;
  }

  /** How many messages there are. */
  int messages() {
    return messages;
  }

  /** The place of the last message that the kernel has to answer, -1 if it answers none. */
  int lastAnswered() {
    return lastAnswered;
  }

  /** The messages, numbered from {@code firstSequence} on. */
  byte[] numbered(int firstSequence) {
    int sequence = firstSequence;
    for (int at = 0; at < buffer.position(); at += buffer.getInt(at)) {
      buffer.putInt(at + 8, sequence++);
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  static byte[] nativeInt(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  static byte[] bigInt(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static short attributeLength(int length, int type) {
    if (length > LONGEST_ATTRIBUTE) {
      throw new IllegalArgumentException(
          "netlink attribute " + type + " of " + length + " bytes; the limit is 65535: split it");
    }
    return (short) length;
  }

  private void room(int more) {
    if (buffer.remaining() < more) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + more);
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder()).put(buffer.flip());
    }
  }
}
