package io.kuber.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message from the kernel.
 *
 * @param payload all that follows the netlink header; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // A message is read once and never compared.
record NetlinkMessage(int type, int flags, int sequence, byte[] payload) {
  static final int TYPE_ERROR = 2;
  static final int TYPE_DONE = 3;

  private static final int FLAG_ACK_ATTRIBUTES = 0x200;
  private static final int ERROR_BYTES = 4;
  private static final int ERROR_TEXT = 1;
  private static final int ATTRIBUTE_TYPE = 0x3fff;

  /** Takes one received datagram apart; a message that is cut short ends the list. */
  static List<NetlinkMessage> parse(byte[] datagram, int length) {
    ByteBuffer in = wrap(datagram, 0, length);
    List<NetlinkMessage> messages = new ArrayList<>();
    while (in.remaining() >= NetlinkWriter.HEADER_BYTES) {
      int start = in.position();
      int size = in.getInt(start);
      if (size < NetlinkWriter.HEADER_BYTES || size > in.remaining()) {
        break;
      }
      messages.add(
          new NetlinkMessage(
              in.getShort(start + 4) & 0xffff,
              in.getShort(start + 6) & 0xffff,
              in.getInt(start + 8),
              Arrays.copyOfRange(datagram, start + NetlinkWriter.HEADER_BYTES, start + size)));
      in.position(Math.min(length, start + aligned(size)));
    }
    return messages;
  }

  /** Whether the kernel answers a request with success or failure. */
  boolean isAnswer() {
    return type == TYPE_ERROR || type == TYPE_DONE;
  }

  /** The error number of an answer, positive; 0 is success. */
  int errno() {
    return type == TYPE_ERROR ? -int32(0) : 0;
  }

  /** What the kernel says about an error ("extended ack"), empty if it says nothing. */
  String errorText() {
    if ((flags & FLAG_ACK_ATTRIBUTES) == 0) {
      return "";
    }
    byte[] text = attributes(ERROR_BYTES + NetlinkWriter.HEADER_BYTES).get(ERROR_TEXT);
    return text == null ? "" : text(text);
  }

  /** The number at an offset, in the machine's byte order. */
  int int32(int offset) {
    return wrap(payload, 0, payload.length).getInt(offset);
  }

  /** The attributes behind a family's header of {@code headerBytes}, by type. */
  Map<Integer, byte[]> attributes(int headerBytes) {
    ByteBuffer in = wrap(payload, 0, payload.length);
    Map<Integer, byte[]> attributes = new HashMap<>();
    int at = headerBytes;
    while (at + 4 <= payload.length) {
      int size = in.getShort(at) & 0xffff;
      if (size < 4 || at + size > payload.length) {
        break;
      }
      int type = in.getShort(at + 2) & ATTRIBUTE_TYPE;
      attributes.put(type, Arrays.copyOfRange(payload, at + 4, at + size));
      at += aligned(size);
    }
    return attributes;
  }

  /** The value of a string attribute, without the zero byte that ends it. */
  static String text(byte[] value) {
    int length = value.length;
    while (length > 0 && value[length - 1] == 0) {
      length--;
    }
    return new String(value, 0, length, UTF_8);
  }

  /** The value of a number attribute in the machine's byte order, 0 if it is empty. */
  static int number(byte[] value) {
    return value.length < 4 ? 0 : wrap(value, 0, value.length).getInt();
  }

  private static int aligned(int size) {
    return (size + 3) & ~3;
  }

  private static ByteBuffer wrap(byte[] bytes, int offset, int length) {
    return ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.nativeOrder());
  }
}
