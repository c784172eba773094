package io.kuber.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes messages: pure, one message a writer. */
final class DnsWriter {
  /** What a message over TCP can hold at most. */
  static final int LONGEST_MESSAGE = 65_535;

  private static final int FLAG_AUTHORITATIVE = 0x0400;
  static final int FLAG_TRUNCATED = 0x0200;
  private static final int FLAG_RECURSION_DESIRED = 0x0100;
  private static final int FLAG_RECURSION_AVAILABLE = 0x0080;
  private static final int COPIED_FLAGS = 0x7800 | FLAG_RECURSION_DESIRED;
  private static final int CODE = 0xf;
  private static final int CODE_BITS = 4;
  private static final int EXTENDED_CODE_AT = 24;
  private static final int POINTER = 0xc000;
  private static final int LAST_POINTER = 0x3fff;
  private static final int OPT_BYTES = 11;
  private static final int OFFERED_BYTES = 1232;

  /** What the last record may take beyond the limit before it is taken back. */
  private static final int LONGEST_RECORD = 1024;

  private final ByteBuffer buffer;
  private final Map<String, Integer> places = new HashMap<>();

  private DnsWriter(int mostBytes) {
    this.buffer = ByteBuffer.allocate(mostBytes + LONGEST_RECORD);
  }

  /** Writes a question of our own to another resolver. */
  static byte[] query(int id, String name, int type) {
    DnsWriter out = new DnsWriter(DnsQuestion.PLAIN_BYTES);
    out.u16(id).u16(FLAG_RECURSION_DESIRED).u16(1).u16(0).u16(0).u16(0);
    out.plainName(name).u16(type).u16(DnsType.CLASS_INTERNET);
    return out.finish();
  }

  /** An answer to a message whose question cannot be read. */
  static byte[] refusal(int id, DnsAnswer.Code code) {
    DnsWriter out = new DnsWriter(DnsQuestion.HEADER_BYTES);
    out.u16(id).u16(DnsQuestion.FLAG_RESPONSE | code.number()).u16(0).u16(0).u16(0).u16(0);
    return out.finish();
  }

  /**
   * Writes an answer of at most {@code mostBytes}. Records that do not fit are left out; if they
   * were answers, the message says so, and the asker comes back over TCP.
   */
  static byte[] answer(DnsQuestion question, DnsAnswer answer, int mostBytes) {
    return new DnsWriter(mostBytes).write(question, answer, mostBytes);
  }

  private byte[] write(DnsQuestion question, DnsAnswer answer, int mostBytes) {
    int flags = DnsQuestion.FLAG_RESPONSE | FLAG_RECURSION_AVAILABLE;
    flags |= answer.code().number() & CODE;
    flags |= question.flags() & COPIED_FLAGS;
    boolean isOurs = answer.code() != DnsAnswer.Code.SERVER_FAILURE;
    flags |= isOurs ? FLAG_AUTHORITATIVE : 0;
    u16(question.id()).u16(0).u16(1).u16(0).u16(0).u16(0);
    remember(question.name());
    bytes(question.wireName()).u16(question.type()).u16(DnsType.CLASS_INTERNET);

    int room = mostBytes - (question.extended() ? OPT_BYTES : 0);
    int answers = records(answer.answers(), room);
    int authority = records(answer.authority(), room);
    int additional = records(answer.additional(), room);
    if (question.extended()) {
      int root = 0;
      buffer.put((byte) root);
      u16(DnsType.OPT)
          .u16(OFFERED_BYTES)
          .u32(answer.code().number() >> CODE_BITS << EXTENDED_CODE_AT)
          .u16(0);
      additional++;
    }
    flags |= answers < answer.answers().size() ? FLAG_TRUNCATED : 0;
    buffer.putShort(2, (short) flags).putShort(6, (short) answers);
    buffer.putShort(8, (short) authority).putShort(10, (short) additional);
    return finish();
  }

  /** Writes the records that fit; returns how many. */
  private int records(List<DnsRecord> records, int room) {
    int written = 0;
    for (DnsRecord record : records) {
      int start = buffer.position();
      record(record);
      if (buffer.position() > room) {
        buffer.position(start);
        places.values().removeIf(place -> place >= start);
        break;
      }
      written++;
    }
    return written;
  }

  private void record(DnsRecord record) {
    name(record.owner()).u16(record.type()).u16(DnsType.CLASS_INTERNET);
    u32(record.ttlSeconds()).u16(0);
    int start = buffer.position();
    record.writeData(this);
    buffer.putShort(start - 2, (short) (buffer.position() - start));
  }

  DnsWriter u16(int value) {
    buffer.putShort((short) value);
    return this;
  }

  DnsWriter u32(int value) {
    buffer.putInt(value);
    return this;
  }

  DnsWriter bytes(byte[] bytes) {
    buffer.put(bytes);
    return this;
  }

  /** A text of at most 255 bytes behind its length. */
  DnsWriter label(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    buffer.put((byte) bytes.length).put(bytes);
    return this;
  }

  /** A name whose end is a pointer to where it was written before. */
  DnsWriter name(String name) {
    String rest = name;
    while (!rest.isEmpty()) {
      Integer place = places.get(rest);
      if (place != null) {
        return u16(POINTER | place);
      }
      if (buffer.position() <= LAST_POINTER) {
        places.put(rest, buffer.position());
      }
      int dot = rest.indexOf('.');
      label(dot < 0 ? rest : rest.substring(0, dot));
      rest = dot < 0 ? "" : rest.substring(dot + 1);
    }
    buffer.put((byte) 0);
    return this;
  }

  DnsWriter plainName(String name) {
    for (String label : name.isEmpty() ? new String[0] : name.split("\\.", -1)) {
      label(label);
    }
    buffer.put((byte) 0);
    return this;
  }

  /** Notes where the question's name and its endings stand. */
  private void remember(String name) {
    int at = buffer.position();
    String rest = name;
    while (!rest.isEmpty()) {
      places.put(rest, at);
      int dot = rest.indexOf('.');
      at += 1 + (dot < 0 ? rest.length() : dot);
      rest = dot < 0 ? "" : rest.substring(dot + 1);
    }
  }

  private byte[] finish() {
    byte[] message = new byte[buffer.position()];
    buffer.get(0, message);
    return message;
  }
}
