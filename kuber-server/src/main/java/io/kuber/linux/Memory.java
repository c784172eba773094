package io.kuber.linux;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A bump allocator over one stretch of native memory, for the strings and structures that system
 * calls point to. What it hands out is zeroed and aligned to 16 bytes.
 *
 * <p>Addresses count from a base that may differ from where this process sees the memory, because a
 * program of system calls is written here and executed at another address elsewhere. Owned by one
 * thread at a time.
 */
final class Memory {
  private static final int ALIGNMENT = 16;

  private final ByteBuffer buffer;
  private final long base;
  private int used;

  private Memory(ByteBuffer buffer, long base) {
    this.buffer = buffer.order(ByteOrder.nativeOrder());
    this.base = base;
  }

  /** Memory of this process; it lives as long as the returned object is reachable. */
  static Memory allocate(int size) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    return new Memory(buffer, MemoryIO.getInstance().getDirectBufferAddress(buffer));
  }

  /** A mapping at {@code address} of this process that its user sees at {@code base}. */
  static Memory mapping(long address, int size, long base) {
    return new Memory(MemoryIO.getInstance().newDirectByteBuffer(address, size), base);
  }

  int size() {
    return buffer.capacity();
  }

  /** Forgets all that was handed out. */
  void clear() {
    used = 0;
  }

  /** The address of {@code size} zero bytes. */
  long space(int size) {
    int start = (used + ALIGNMENT - 1) & -ALIGNMENT;
    if (size > buffer.capacity() - start) {
      throw new SyscallException(
          "placing " + size + " bytes in " + buffer.capacity() + " bytes of call memory",
          Errno.E2BIG.number());
    }
    used = start + size;
    buffer.put(start, new byte[size]);
    return base + start;
  }

  long bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  long bytes(byte[] bytes, int offset, int length) {
    long address = space(length);
    buffer.put(offset(address), bytes, offset, length);
    return address;
  }

  /** A string in UTF-8 with the zero byte that ends it. */
  long string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long address = space(bytes.length + 1);
    buffer.put(offset(address), bytes);
    return address;
  }

  void write(long address, byte[] bytes) {
    buffer.put(offset(address), bytes);
  }

  void read(long address, byte[] into, int offset, int length) {
    buffer.get(offset(address), into, offset, length);
  }

  int getInt(long address) {
    return buffer.getInt(offset(address));
  }

  long getLong(long address) {
    return buffer.getLong(offset(address));
  }

  void putInt(long address, int value) {
    buffer.putInt(offset(address), value);
  }

  void putLong(long address, long value) {
    buffer.putLong(offset(address), value);
  }

  private int offset(long address) {
    return Math.toIntExact(address - base);
  }
}
