package io.kuber.schema.proto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes fields of one protobuf message. Not thread-safe.
 *
 * <p>A nested message is written in place and its length put before it afterwards, so that nothing
 * is written twice.
 */
public final class ProtoWriter {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  /** The longest varint of 64 bits. */
  private static final int MAX_VARINT = 10;

  private byte[] buffer = new byte[512];
  private int size;

  /** Writes the body of a nested message. */
  public interface Body {
    /** Writes with the writer of the surrounding message. */
    void write(ProtoWriter writer);
  }

  /** Writes an integer or, as 0 or 1, a truth value. */
  public void number(int field, long value) {
    tag(field, VARINT);
    varint(value);
  }

  /** Writes a double. */
  public void fraction(int field, double value) {
    tag(field, FIXED64);
    reserve(Long.BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[size++] = (byte) (bits >>> (8 * i));
    }
  }

  /** Writes a text. */
  public void text(int field, String value) {
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes. */
  public void bytes(int field, byte[] value) {
    tag(field, BYTES);
    varint(value.length);
    raw(value);
  }

  /** Writes a nested message. */
  public void message(int field, Body body) {
    tag(field, BYTES);
    int start = size;
    body.write(this);
    int length = size - start;
    int width = varintWidth(length);
    reserve(width);
    System.arraycopy(buffer, start, buffer, start + width, length);
    size = start;
    varint(length);
    size += length;
  }

  /** Writes the beginning of a field of that many bytes, which somebody else writes behind it. */
  void opening(int field, long length) {
    tag(field, BYTES);
    varint(length);
  }

  /** Writes bytes as they are, without a field around them. */
  public void raw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  private void tag(int field, int wireType) {
    varint(((long) field << 3) | wireType);
  }

  private void varint(long value) {
    reserve(MAX_VARINT);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  private static int varintWidth(long value) {
    int width = 1;
    for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
      width++;
    }
    return width;
  }

  private void reserve(int bytes) {
    if (size + bytes > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
    }
  }

  /** What was written so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }
}
