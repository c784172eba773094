package io.kuber.kuard;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One DNS message (RFC 1035, 4), to be written as a question or told as dig tells it. */
final class DnsMessage {
  private static final int HEADER = 12;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int TRUNCATED = 0x0200;
  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 255;
  private static final int MAX_JUMPS = 64;
  private static final int INTERNET = 1;
  private static final String[] STATUS = {
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"
  };
  private static final String[] FLAGS = {"qr", "aa", "tc", "rd", "ra"};
  private static final int[] FLAG_BITS = {0x8000, 0x0400, 0x0200, 0x0100, 0x0080};

  private final ByteBuffer bytes;

  private DnsMessage(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** The bytes of a question for one fully qualified name. */
  static byte[] question(int id, String name, DnsType type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int number : new int[] {id, RECURSION_DESIRED, 1, 0, 0, 0}) {
      number(number, out);
    }
    for (String label : name.equals(".") ? new String[0] : name.split("\\.")) {
      byte[] letters = label.getBytes(StandardCharsets.UTF_8);
      if (letters.length == 0 || letters.length > MAX_LABEL) {
        throw Refusal.badRequest("not a DNS name: " + name);
      }
      out.write(letters.length);
      out.writeBytes(letters);
    }
    out.write(0);
    if (out.size() - HEADER > MAX_NAME) {
      throw Refusal.badRequest("a DNS name has at most " + MAX_NAME + " bytes: " + name);
    }
    number(type.code(), out);
    number(INTERNET, out);
    return out.toByteArray();
  }

  /** Throws {@link Refusal} when it is too short to be a message. */
  static DnsMessage read(byte[] bytes, int length) {
    if (length < HEADER) {
      throw new Refusal(502, "the name server's answer is too short");
    }
    return new DnsMessage(ByteBuffer.wrap(bytes, 0, length).slice());
  }

  int id() {
    return bytes.getShort(0) & 0xffff;
  }

  boolean isTruncated() {
    return (flags() & TRUNCATED) != 0;
  }

  int answers() {
    return bytes.getShort(6) & 0xffff;
  }

  /** The whole message in the layout of dig. */
  String told() {
    StringBuilder out = new StringBuilder();
    int code = flags() & 0xf;
    String status = code < STATUS.length ? STATUS[code] : "RCODE" + code;
    out.append(";; opcode: QUERY, status: ").append(status).append(", id: ").append(id());
    out.append("\n;; flags:");
    for (int i = 0; i < FLAGS.length; i++) {
      out.append((flags() & FLAG_BITS[i]) == 0 ? "" : " " + FLAGS[i]);
    }
    out.append("; QUERY: ").append(count(4)).append(", ANSWER: ").append(answers());
    out.append(", AUTHORITY: ").append(count(8)).append(", ADDITIONAL: ").append(count(10));
    out.append('\n');
    bytes.position(HEADER);
    try {
      questions(out);
      records("ANSWER", answers(), out);
      records("AUTHORITY", count(8), out);
      records("ADDITIONAL", count(10), out);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      out.append("\n;; the rest of the message is malformed\n");
    }
    return out.toString();
  }

  private void questions(StringBuilder out) {
    out.append("\n;; QUESTION SECTION:\n");
    for (int i = 0; i < count(4); i++) {
      out.append(';').append(name()).append("\tIN\t");
      out.append(DnsType.nameOf(number()));
      out.append('\n');
      number();
    }
  }

  private void records(String section, int count, StringBuilder out) {
    if (count > 0) {
      out.append("\n;; ").append(section).append(" SECTION:\n");
    }
    for (int i = 0; i < count; i++) {
      String name = name();
      int type = number();
      number();
      long ttl = bytes.getInt() & 0xffffffffL;
      int end = number() + bytes.position();
      out.append(name).append('\t').append(ttl).append("\tIN\t");
      out.append(DnsType.nameOf(type)).append('\t').append(data(type, end)).append('\n');
      bytes.position(end);
    }
  }

  private String data(int type, int end) {
    return switch (DnsType.nameOf(type)) {
      case "A", "AAAA" -> address(end - bytes.position());
      case "CNAME", "NS", "PTR" -> name();
      case "MX" -> number() + " " + name();
      case "SRV" -> number() + " " + number() + " " + number() + " " + name();
      case "SOA" ->
          name() + " " + name() + " " + seconds() + " " + seconds() + " " + seconds() + " "
              + seconds() + " " + seconds();
      case "TXT" -> texts(end);
      default -> "\\# " + (end - bytes.position());
    };
  }

  private String address(int length) {
    byte[] address = new byte[length];
    bytes.get(address);
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + length + " bytes", e);
    }
  }

  private String texts(int end) {
    StringBuilder out = new StringBuilder();
    while (bytes.position() < end) {
      byte[] text = new byte[bytes.get() & 0xff];
      bytes.get(text);
      out.append(out.isEmpty() ? "\"" : " \"");
      out.append(new String(text, StandardCharsets.UTF_8)).append('"');
    }
    return out.toString();
  }

  /** A name, following the pointers that compress it; loops of pointers end. */
  private String name() {
    StringBuilder out = new StringBuilder();
    int after = -1;
    for (int jumps = 0; jumps < MAX_JUMPS; ) {
      int length = bytes.get() & 0xff;
      if (length == 0) {
        bytes.position(after < 0 ? bytes.position() : after);
        return out.isEmpty() ? "." : out.toString();
      }
      if (length > MAX_LABEL) {
        int target = (length & 0x3f) << 8 | bytes.get() & 0xff;
        after = after < 0 ? bytes.position() : after;
        bytes.position(target);
        jumps++;
      } else {
        byte[] label = new byte[length];
        bytes.get(label);
        out.append(new String(label, StandardCharsets.UTF_8)).append('.');
      }
    }
    throw new IllegalArgumentException("a name that points in circles");
  }

  private int flags() {
    return bytes.getShort(2) & 0xffff;
  }

  private int count(int offset) {
    return bytes.getShort(offset) & 0xffff;
  }

  private int number() {
    return bytes.getShort() & 0xffff;
  }

  private long seconds() {
    return bytes.getInt() & 0xffffffffL;
  }

  private static void number(int number, ByteArrayOutputStream out) {
    out.write(number >> 8);
    out.write(number);
  }
}
