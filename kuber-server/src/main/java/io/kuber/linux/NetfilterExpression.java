package io.kuber.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * One step of an nf_tables rule: it loads, compares, looks up or decides on registers. A rule is a
 * list of steps that runs until one does not match. Pure; constants are nf_tables.h's.
 *
 * <p>Registers are numbered 0 to 15 and hold four bytes each; a longer value, such as a key of
 * several fields, lies in registers that follow each other.
 */
public final class NetfilterExpression {
  /** Bits of {@code ct status}: the connection's destination was translated. */
  public static final int STATUS_DESTINATION_TRANSLATED = 0x20;

  /** The result of {@link #destinationType} for an address of this machine. */
  public static final int TYPE_LOCAL = 2;

  static final int VERDICT_DROP = 0;
  static final int VERDICT_ACCEPT = 1;
  static final int VERDICT_JUMP = -3;
  static final int VERDICT_GOTO = -4;

  private static final int NAME = 1;
  private static final int DATA = 2;
  private static final int DATA_VALUE = 1;
  private static final int DATA_VERDICT = 2;
  private static final int VERDICT_CODE = 1;
  private static final int VERDICT_CHAIN = 2;

  private static final int REGISTER_VERDICT = 0;
  private static final int REGISTER_FIRST = 8;

  private static final int NETWORK_HEADER = 1;
  private static final int TRANSPORT_HEADER = 2;
  private static final int META_MARK = 3;
  private static final int META_INPUT_NAME = 6;
  private static final int META_OUTPUT_NAME = 7;
  private static final int META_TRANSPORT = 16;
  private static final int INTERFACE_NAME_BYTES = 16;
  private static final int IPV4_FAMILY = 2;

  private final String name;
  private final Consumer<NetlinkWriter> body;

  private NetfilterExpression(String name, Consumer<NetlinkWriter> body) {
    this.name = name;
    this.body = body;
  }

  void write(NetlinkWriter out) {
    out.string(NAME, name).nest(DATA, body);
  }

  public static NetfilterExpression sourceAddress(int into) {
    return payload(NETWORK_HEADER, 12, 4, into);
  }

  public static NetfilterExpression destinationAddress(int into) {
    return payload(NETWORK_HEADER, 16, 4, into);
  }

  /** Loads the destination port of TCP or UDP; which of them, has to be known before. */
  public static NetfilterExpression destinationPort(int into) {
    return payload(TRANSPORT_HEADER, 2, 2, into);
  }

  public static NetfilterExpression icmpType(int into) {
    return payload(TRANSPORT_HEADER, 0, 1, into);
  }

  private static NetfilterExpression payload(int header, int offset, int length, int into) {
    return new NetfilterExpression(
        "payload",
        out -> out.big32(1, register(into)).big32(2, header).big32(3, offset).big32(4, length));
  }

  /** Loads the number of the transport protocol. */
  public static NetfilterExpression transport(int into) {
    return meta(META_TRANSPORT, into);
  }

  public static NetfilterExpression mark(int into) {
    return meta(META_MARK, into);
  }

  public static NetfilterExpression inputName(int into) {
    return meta(META_INPUT_NAME, into);
  }

  public static NetfilterExpression outputName(int into) {
    return meta(META_OUTPUT_NAME, into);
  }

  private static NetfilterExpression meta(int key, int into) {
    return new NetfilterExpression("meta", out -> out.big32(2, key).big32(1, register(into)));
  }

  /** Writes a register into the packet's mark. */
  public static NetfilterExpression setMark(int from) {
    return new NetfilterExpression("meta", out -> out.big32(2, META_MARK).big32(3, register(from)));
  }

  /** Loads the status bits of the packet's connection. */
  public static NetfilterExpression connectionStatus(int into) {
    int statusKey = 2;
    return new NetfilterExpression("ct", out -> out.big32(1, register(into)).big32(2, statusKey));
  }

  /** Loads what the destination address is to this machine, such as {@link #TYPE_LOCAL}. */
  public static NetfilterExpression destinationType(int into) {
    int addressType = 3;
    int destination = 2;
    return new NetfilterExpression(
        "fib", out -> out.big32(1, register(into)).big32(2, addressType).big32(3, destination));
  }

  /** Loads a random number from 0 up to but not including {@code bound}. */
  public static NetfilterExpression random(int into, int bound) {
    int random = 1;
    return new NetfilterExpression(
        "numgen", out -> out.big32(1, register(into)).big32(2, bound).big32(3, random).big32(4, 0));
  }

  /** Loads constant bytes. */
  public static NetfilterExpression constant(int into, byte[] value) {
    return new NetfilterExpression(
        "immediate",
        out -> out.big32(1, register(into)).nest(2, d -> d.attribute(DATA_VALUE, value)));
  }

  /** Goes on only if the register begins with {@code value}. */
  public static NetfilterExpression equal(int register, byte[] value) {
    return compare(register, 0, value);
  }

  /** Goes on only if the register does not begin with {@code value}. */
  public static NetfilterExpression unequal(int register, byte[] value) {
    return compare(register, 1, value);
  }

  private static NetfilterExpression compare(int register, int operator, byte[] value) {
    return new NetfilterExpression(
        "cmp",
        out ->
            out.big32(1, register(register))
                .big32(2, operator)
                .nest(3, d -> d.attribute(DATA_VALUE, value)));
  }

  /** {@code register = (register & mask) ^ flip}, bytes by bytes. */
  public static NetfilterExpression bits(int register, byte[] mask, byte[] flip) {
    return new NetfilterExpression(
        "bitwise",
        out ->
            out.big32(1, register(register))
                .big32(2, register(register))
                .big32(3, mask.length)
                .nest(4, d -> d.attribute(DATA_VALUE, mask))
                .nest(5, d -> d.attribute(DATA_VALUE, flip)));
  }

  /** Goes on only if the key that begins at a register is in a set. */
  public static NetfilterExpression contains(String set, int key) {
    return new NetfilterExpression("lookup", out -> out.string(1, set).big32(2, register(key)));
  }

  /** Loads what a map has for the key that begins at a register; goes on only if it has it. */
  public static NetfilterExpression lookup(String map, int key, int into) {
    return new NetfilterExpression(
        "lookup", out -> out.string(1, map).big32(2, register(key)).big32(3, register(into)));
  }

  /** Does what a verdict map says for a key; goes on if it says nothing. */
  public static NetfilterExpression decide(String map, int key) {
    return new NetfilterExpression(
        "lookup", out -> out.string(1, map).big32(2, register(key)).big32(3, REGISTER_VERDICT));
  }

  /** Removes a key from a map that rules write. The kernel wants a value, and ignores it. */
  public static NetfilterExpression forget(String map, int key, int anyValue) {
    int delete = 2;
    return new NetfilterExpression(
        "dynset",
        out ->
            out.string(1, map)
                .big32(3, delete)
                .big32(4, register(key))
                .big32(5, register(anyValue)));
  }

  /**
   * Writes key and value into a map that rules write, to be forgotten after {@code timeout}. A key
   * that is there keeps its value and only lives longer.
   */
  public static NetfilterExpression remember(String map, int key, int value, Duration timeout) {
    int update = 1;
    return new NetfilterExpression(
        "dynset",
        out ->
            out.string(1, map)
                .big32(3, update)
                .big32(4, register(key))
                .big32(5, register(value))
                .big64(6, timeout.toMillis()));
  }

  /** Goes through another chain and comes back. */
  public static NetfilterExpression jump(String chain) {
    return verdict(VERDICT_JUMP, chain);
  }

  public static NetfilterExpression drop() {
    return verdict(VERDICT_DROP, "");
  }

  public static NetfilterExpression accept() {
    return verdict(VERDICT_ACCEPT, "");
  }

  private static NetfilterExpression verdict(int code, String chain) {
    return new NetfilterExpression(
        "immediate",
        out -> out.big32(1, REGISTER_VERDICT).nest(2, data -> writeVerdict(data, code, chain)));
  }

  static void writeVerdict(NetlinkWriter data, int code, String chain) {
    data.nest(
        DATA_VERDICT,
        verdict -> {
          verdict.big32(VERDICT_CODE, code);
          if (!chain.isEmpty()) {
            verdict.string(VERDICT_CHAIN, chain);
          }
        });
  }

  /** Sends the connection to the address and the port in two registers. */
  public static NetfilterExpression translateDestination(int address, int port) {
    int destination = 1;
    int portGiven = 2;
    return new NetfilterExpression(
        "nat",
        out ->
            out.big32(1, destination)
                .big32(2, IPV4_FAMILY)
                .big32(3, register(address))
                .big32(5, register(port))
                .big32(7, portGiven));
  }

  /** Makes the connection look as if it came from this machine. */
  public static NetfilterExpression masquerade() {
    int fullyRandomPort = 0x10;
    return new NetfilterExpression("masq", out -> out.big32(1, fullyRandomPort));
  }

  /** Refuses a TCP connection with a reset. */
  public static NetfilterExpression rejectWithReset() {
    int reset = 1;
    return new NetfilterExpression("reject", out -> out.big32(1, reset).u8(2, 0));
  }

  /** Refuses with ICMP "port unreachable". */
  public static NetfilterExpression rejectPortUnreachable() {
    int icmp = 0;
    int portUnreachable = 3;
    return new NetfilterExpression("reject", out -> out.big32(1, icmp).u8(2, portUnreachable));
  }

  /** An interface's name as the kernel compares it. */
  public static byte[] interfaceName(String name) {
    byte[] padded = new byte[INTERFACE_NAME_BYTES];
    byte[] bytes = name.getBytes(US_ASCII);
    if (bytes.length >= INTERFACE_NAME_BYTES) {
      throw new IllegalArgumentException("interface name " + name + " is longer than 15 bytes");
    }
    System.arraycopy(bytes, 0, padded, 0, bytes.length);
    return padded;
  }

  /** A number as registers hold those of the machine itself: marks, statuses, random numbers. */
  public static byte[] number(int value) {
    return NetlinkWriter.nativeInt(value);
  }

  private static int register(int number) {
    return REGISTER_FIRST + number;
  }
}
