package io.kuber.linux;

import static io.kuber.linux.NetfilterExpression.DATA_VALUE;
import static io.kuber.linux.NetfilterExpression.register;

/** Steps that load something into registers, to be compared or looked up by later ones. */
public final class NetfilterLoad {
  /** Bits of {@code ct status}: the connection's destination was translated. */
  public static final int STATUS_DESTINATION_TRANSLATED = 0x20;

  /** The result of {@link #destinationType} for an address of this machine. */
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
}
