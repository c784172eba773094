package io.kuber.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The smallest static executable around a piece of machine code: headers of 120 bytes, then code.
 */
final class ElfImage {
  private static final int ELF_HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int HEADER_BYTES = ELF_HEADER_BYTES + PROGRAM_HEADER_BYTES;
  private static final long LOAD_ADDRESS = 0x40_0000;
  private static final short EXECUTABLE = 2;
  private static final short X86_64 = 62;
  private static final int LOADED_SEGMENT = 1;
  private static final int READ_AND_EXECUTE = 5;
  private static final long PAGE = 0x1000;
  private static final byte[] IDENTITY = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private ElfImage() {}

  static byte[] around(byte[] code) {
    long size = (long) HEADER_BYTES + code.length;
    return ByteBuffer.allocate(HEADER_BYTES + code.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(IDENTITY)
        .putShort(EXECUTABLE)
        .putShort(X86_64)
        .putInt(1) // version
        .putLong(LOAD_ADDRESS + HEADER_BYTES) // entry point
        .putLong(ELF_HEADER_BYTES) // where the program headers are
        .putLong(0) // no section headers
        .putInt(0) // flags
        .putShort((short) ELF_HEADER_BYTES)
        .putShort((short) PROGRAM_HEADER_BYTES)
        .putShort((short) 1) // program headers
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) 0)
        .putInt(LOADED_SEGMENT)
        .putInt(READ_AND_EXECUTE)
        .putLong(0) // offset in the file
        .putLong(LOAD_ADDRESS)
        .putLong(LOAD_ADDRESS)
        .putLong(size) // in the file
        .putLong(size) // in memory
        .putLong(PAGE)
        .put(code)
        .array();
  }
}
