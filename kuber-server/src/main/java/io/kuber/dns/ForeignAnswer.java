package io.kuber.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the addresses and aliases out of another resolver's answer: pure. */
final class ForeignAnswer {
  private static final int CODE = 0xf;
  private static final int POINTER = 0xc0;
  private static final int LAST_LABEL = 0x3f;
  private static final int MOST_RECORDS = 256;
  private static final int MOST_JUMPS = 128;

  private ForeignAnswer() {}

  /** Whether the answer says that it is longer than a datagram holds. */
  static boolean isCut(byte[] message) {
    return (ByteBuffer.wrap(message).getShort(2) & DnsWriter.FLAG_TRUNCATED) != 0;
  }

  /** The records, in the answer's order; what cannot be read ends the list. */
  static List<DnsRecord> records(byte[] message) {
    List<DnsRecord> records = new ArrayList<>();
    try {
      ByteBuffer in = ByteBuffer.wrap(message);
      boolean failed = (in.getShort(2) & CODE) != 0;
      int questions = in.getShort(4) & 0xffff;
      int answers = failed ? 0 : in.getShort(6) & 0xffff;
      in.position(DnsQuestion.HEADER_BYTES);
      for (int i = 0; i < Math.min(questions, MOST_RECORDS); i++) {
        readName(in);
        in.getInt();
      }
      for (int i = 0; i < Math.min(answers, MOST_RECORDS); i++) {
        readRecord(in, records);
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return List.copyOf(records);
    }
    return List.copyOf(records);
  }

  private static void readRecord(ByteBuffer in, List<DnsRecord> into) {
    String owner = readName(in);
    int type = in.getShort() & 0xffff;
    in.getShort(); // The class,
    in.getInt(); // and how long it holds: kuber says its own time.
    int length = in.getShort() & 0xffff;
    int end = in.position() + length;
    boolean isAddress =
        (type == DnsType.A && length == 4) || (type == DnsType.AAAA && length == 16);
    if (isAddress) {
      byte[] ip = new byte[length];
      in.get(ip);
      into.add(new DnsRecord.Address(owner, ip));
    } else if (type == DnsType.CNAME) {
      into.add(new DnsRecord.Alias(owner, readName(in)));
    }
    in.position(end);
  }

  private static String readName(ByteBuffer in) {
    StringBuilder name = new StringBuilder();
    int behind = -1;
    for (int jumps = 0; jumps < MOST_JUMPS; jumps++) {
      int length = in.get() & 0xff;
      if (length == 0) {
        in.position(behind < 0 ? in.position() : behind);
        return name.toString().toLowerCase(Locale.ROOT);
      }
      if ((length & POINTER) == POINTER) {
        int target = (length & LAST_LABEL) << 8 | in.get() & 0xff;
        behind = behind < 0 ? in.position() : behind;
        in.position(target);
      } else {
        byte[] label = new byte[length];
        in.get(label);
        name.append(name.length() == 0 ? "" : ".").append(new String(label, ISO_8859_1));
      }
    }
    throw new IllegalArgumentException("a name that never ends");
  }
}
