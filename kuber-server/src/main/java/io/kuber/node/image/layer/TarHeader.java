package io.kuber.node.image.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One block of 512 bytes in front of an entry, as POSIX and GNU lay it out. */
final class TarHeader {
  static final int BLOCK = 512;

  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;

  private final byte[] block;

  TarHeader(byte[] block) {
    this.block = block;
  }

  boolean isZero() {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** Checks the sum; old programs summed signed bytes. */
  void check() throws IOException {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      byte value = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH ? (byte) ' ' : block[i];
      unsigned += value & 0xFF;
      signed += value;
    }
    long said = number(CHECKSUM, CHECKSUM_LENGTH);
    if (said != unsigned && said != signed) {
      throw new IOException("is no tar header: its checksum is wrong");
    }
  }

  String name() throws IOException {
    String name = text(0, 100);
    boolean posix = block[257 + 5] == 0 && magic().equals("ustar");
    String prefix = posix ? text(PREFIX, PREFIX_LENGTH) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private String magic() throws IOException {
    return text(257, 5);
  }

  int mode() throws IOException {
    return (int) (number(100, 8) & 07777);
  }

  int uid() throws IOException {
    return id(number(108, 8));
  }

  int gid() throws IOException {
    return id(number(116, 8));
  }

  /** Checks that a number is one that the kernel knows owners by. */
  static int id(long number) throws IOException {
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IOException("has owner " + number + ", which is no user or group");
    }
    return (int) number;
  }

  long size() throws IOException {
    return checkedSize(number(124, 12));
  }

  static long checkedSize(long size) throws IOException {
    if (size < 0) {
      throw new IOException("has a size of " + size + " bytes");
    }
    return size;
  }

  long seconds() throws IOException {
    return number(136, 12);
  }

  char type() {
    return (char) (block[156] & 0xFF);
  }

  String link() throws IOException {
    return text(157, 100);
  }

  int major() throws IOException {
    return (int) number(329, 8) & 0xFFF;
  }

  int minor() throws IOException {
    return (int) number(337, 8) & 0xFFFFF;
  }

  private String text(int from, int length) throws IOException {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return utf8(block, from, end - from);
  }

  /** Text that says what it says: other encodings than UTF-8 would end up under another name. */
  static String utf8(byte[] bytes, int from, int length) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException("has a name that is not UTF-8", e);
    }
  }

  /** Octal digits, or, with the first bit set, a number of as many bytes (GNU). */
  private long number(int from, int length) throws IOException {
    if ((block[from] & 0x80) != 0) {
      return binary(from, length);
    }
    long value = 0;
    boolean digits = false;
    for (int i = from; i < from + length; i++) {
      byte each = block[i];
      if (each == 0 || each == ' ') {
        if (digits) {
          break;
        }
      } else if (each < '0' || each > '7') {
        throw new IOException("is no tar header: it has a number that is not octal");
      } else {
        digits = true;
        value = value << 3 | (each - '0');
      }
    }
    return value;
  }

  private long binary(int from, int length) throws IOException {
    boolean negative = (block[from] & 0x40) != 0;
    long value = negative ? -1L << 6 | (block[from] & 0x3F) : block[from] & 0x3F;
    for (int i = from + 1; i < from + length; i++) {
      if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
        throw new IOException("is no tar header: it has a number beyond 64 bits");
      }
      value = value << 8 | (block[i] & 0xFF);
    }
    return value;
  }
}
