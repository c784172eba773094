package io.kuber.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * A question as it came in.
 *
 * @param flags the second word of the header
 * @param name lower case, without a dot at its end
 * @param type one of {@link DnsType} or any other
 * @param wireName the name's bytes, whose upper and lower case the answer repeats
 * @param mostBytes the longest answer that the asker takes in a datagram
 * @param version of EDNS that the asker speaks, and so expects back; -1 without
 */
@SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
record DnsQuestion(
    int id, int flags, String name, int type, byte[] wireName, int mostBytes, int version) {
  static final int HEADER_BYTES = 12;
  static final int FLAG_RESPONSE = 0x8000;

  private static final int OPCODE = 0x7800;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 255;
  static final int PLAIN_BYTES = 512;

  /** Datagrams up to this size pass everywhere without being taken apart (DNS flag day 2020). */
  private static final int SAFE_BYTES = 1232;

  private static final int MOST_ADDITIONAL = 4;

  /**
   * Reads a query.
   *
   * @throws IllegalArgumentException if it is not one question, well formed
   */
  static DnsQuestion parse(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    try {
      int id = in.getShort() & 0xffff;
      int flags = in.getShort() & 0xffff;
      int questions = in.getShort();
      int answers = in.getShort();
      int authority = in.getShort();
      int additional = in.getShort() & 0xffff;
      boolean isQuery = questions == 1 && answers == 0 && authority == 0;
      if (!isQuery || additional > MOST_ADDITIONAL) {
        throw new IllegalArgumentException("a query has one question and at most EDNS besides");
      }
      String name = readName(in);
      byte[] wireName = new byte[in.position() - HEADER_BYTES];
      in.get(HEADER_BYTES, wireName);
      int type = in.getShort() & 0xffff;
      int netClass = in.getShort();
      if (netClass != DnsType.CLASS_INTERNET) {
        throw new IllegalArgumentException("class " + netClass + " is not the internet's");
      }
      Extension extension = extension(in, additional);
      int mostBytes = Math.max(PLAIN_BYTES, Math.min(extension.bytes, SAFE_BYTES));
      return new DnsQuestion(id, flags, name, type, wireName, mostBytes, extension.version);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the query is cut short", e);
    }
  }

  private static String readName(ByteBuffer in) {
    StringBuilder name = new StringBuilder();
    for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
      if (length > LONGEST_LABEL || name.length() + length >= LONGEST_NAME) {
        throw new IllegalArgumentException("a name is malformed or too long");
      }
      byte[] label = new byte[length];
      in.get(label);
      // A dot within a label is no end of it, and no name of a cluster has one.
      String text = new String(label, ISO_8859_1).replace('.', '\0');
      name.append(name.length() == 0 ? "" : ".").append(text);
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** What an OPT record says (RFC 6891). */
  private record Extension(int bytes, int version) {
    static final Extension NONE = new Extension(0, -1);
  }

  private static Extension extension(ByteBuffer in, int additional) {
    Extension extension = Extension.NONE;
    for (int i = 0; i < additional; i++) {
      readName(in);
      int type = in.getShort() & 0xffff;
      int sizeOrClass = in.getShort() & 0xffff;
      int version = in.getInt() >> 16 & 0xff;
      int dataBytes = in.getShort() & 0xffff;
      if (dataBytes > in.remaining()) {
        throw new IllegalArgumentException("a record is cut short");
      }
      in.position(in.position() + dataBytes);
      if (type == DnsType.OPT) {
        if (extension.version >= 0) {
          throw new IllegalArgumentException("a query speaks EDNS once");
        }
        extension = new Extension(sizeOrClass, version);
      }
    }
    return extension;
  }

  /** Whether the asker speaks EDNS. */
  boolean extended() {
    return version >= 0;
  }

  boolean isPlainQuery() {
    return (flags & OPCODE) == 0;
  }

  boolean asksFor(int wanted) {
    return type == wanted || type == DnsType.ANY;
  }
}
