package io.kuber.schema.proto;

import io.kuber.json.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of one protobuf message, in the order in which they come. Not thread-safe. */
final class ProtoReader {
  /** Messages inside each other; deeper input is an attack or a mistake. */
  private static final int MAX_DEPTH = 200;

  /** What Java puts in the place of bytes that are no text. */
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] buffer;
  private final int end;
  private final int depth;
  private int at;
  private int field;
  private int wireType;

  private ProtoReader(byte[] buffer, int start, int end, int depth) {
    this.buffer = buffer;
    this.at = start;
    this.end = end;
    this.depth = depth;
    if (depth > MAX_DEPTH) {
      throw new MalformedException("protobuf messages are nested deeper than " + MAX_DEPTH);
    }
  }

  /** Reads {@code bytes} from {@code start}; {@code depth} messages are around them already. */
  static ProtoReader of(byte[] bytes, int start, int depth) {
    return new ProtoReader(bytes, start, bytes.length, depth);
  }

  int depth() {
    return depth;
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) tag & 7;
    if (field <= 0) {
      throw malformed("a field has the number " + field);
    }
    return true;
  }

  int field() {
    return field;
  }

  /** Whether the value is a text, bytes, a message or packed numbers. */
  boolean hasLength() {
    return wireType == ProtoWriter.BYTES;
  }

  long number() {
    expect(ProtoWriter.VARINT);
    return varint();
  }

  double fraction() {
    expect(ProtoWriter.FIXED64);
    int start = take(Long.BYTES);
    long bits = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      bits = bits << 8 | (buffer[start + i] & 0xFF);
    }
    return Double.longBitsToDouble(bits);
  }

  String text() {
    expect(ProtoWriter.BYTES);
    int length = length();
    int start = take(length);
    String text = new String(buffer, start, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(start, length)) {
      throw malformed("a text is not UTF-8");
    }
    return text;
  }

  private boolean isUtf8(int start, int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, start, length))
          != null;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  byte[] bytes() {
    expect(ProtoWriter.BYTES);
    int length = length();
    int start = take(length);
    return Arrays.copyOfRange(buffer, start, start + length);
  }

  ProtoReader message() {
    expect(ProtoWriter.BYTES);
    int length = length();
    int start = take(length);
    return new ProtoReader(buffer, start, start + length, depth + 1);
  }

  /** The numbers of a packed list are read by {@link #packedNumber} until this is false. */
  boolean hasMore() {
    return at < end;
  }

  long packedNumber() {
    return varint();
  }

  void skip() {
    switch (wireType) {
      case ProtoWriter.VARINT -> varint();
      case ProtoWriter.FIXED64 -> take(Long.BYTES);
      case ProtoWriter.BYTES -> take(length());
      case ProtoWriter.FIXED32 -> take(Integer.BYTES);
      default -> throw malformed("the wire type " + wireType + " is not supported");
    }
  }

  private void expect(int wanted) {
    if (wireType != wanted) {
      throw malformed("wire type " + wireType + " instead of " + wanted);
    }
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw malformed("a value is longer than its message");
    }
    return (int) length;
  }

  private int take(int bytes) {
    if (bytes > end - at) {
      throw malformed("a value is longer than its message");
    }
    int start = at;
    at += bytes;
    return start;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = buffer[take(1)];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a number has more than 64 bits");
  }

  private MalformedException malformed(String what) {
    return new MalformedException(
        "invalid protobuf: " + what + " (byte " + at + ", field " + field + ")");
  }
}
