package io.kuber.linux;

import static io.kuber.linux.NetfilterExpression.DATA_VALUE;
import static io.kuber.linux.NetfilterExpression.register;

/** Steps that load something into registers, to be compared or looked up by later ones. */
public final class NetfilterLoad {
  /** Bits of {@code ct status}: the connection's destination was translated. */
  public static final int STATUS_DESTINATION_TRANSLATED = 0x20;

  /** Bits of {@code ct state}: the packet belongs to a connection that was let through before. */
  public static final int STATE_ESTABLISHED = 0x2;

  /** Bits of {@code ct state}: the packet tells of trouble with such a connection. */
  public static final int STATE_RELATED = 0x4;

  /**
   * The result of {@link #destinationType} and {@link #sourceType} for an address of this machine.
   */
  public static final int TYPE_LOCAL = 2;

  private static final int NETWORK_HEADER = 1;
  private static final int TRANSPORT_HEADER = 2;
  private static final int META_MARK = 3;
  private static final int META_INPUT_NAME = 6;
  private static final int META_OUTPUT_NAME = 7;
  private static final int META_TRANSPORT = 16;

  private NetfilterLoad() {}

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

  /** Loads what the packet is to its connection, such as {@link #STATE_ESTABLISHED}. */
  public static NetfilterExpression connectionState(int into) {
    int stateKey = 0;
    return new NetfilterExpression("ct", out -> out.big32(1, register(into)).big32(2, stateKey));
  }

  /** Loads the status bits of the packet's connection. */
  public static NetfilterExpression connectionStatus(int into) {
    int statusKey = 2;
    return new NetfilterExpression("ct", out -> out.big32(1, register(into)).big32(2, statusKey));
  }

  /** Loads what the destination address is to this machine, such as {@link #TYPE_LOCAL}. */
  public static NetfilterExpression destinationType(int into) {
    int destination = 2;
    return addressType(destination, into);
  }

  /** Loads what the source address is to this machine, such as {@link #TYPE_LOCAL}. */
  public static NetfilterExpression sourceType(int into) {
    int source = 1;
    return addressType(source, into);
  }

  private static NetfilterExpression addressType(int which, int into) {
    int addressType = 3;
    return new NetfilterExpression(
        "fib", out -> out.big32(1, register(into)).big32(2, addressType).big32(3, which));
  }

  /** Loads a random number of {@code count} numbers, of which {@code first} is the lowest. */
  public static NetfilterExpression random(int into, int count, int first) {
    int random = 1;
    return new NetfilterExpression(
        "numgen",
        out -> out.big32(1, register(into)).big32(2, count).big32(3, random).big32(4, first));
  }

  /** Loads constant bytes. */
  public static NetfilterExpression constant(int into, byte[] value) {
    return new NetfilterExpression(
        "immediate",
        out -> out.big32(1, register(into)).nest(2, d -> d.attribute(DATA_VALUE, value)));
  }
}
