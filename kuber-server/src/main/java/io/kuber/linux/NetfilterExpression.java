package io.kuber.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.Consumer;

/**
 * One step of an nf_tables rule: it loads ({@link NetfilterLoad}), compares ({@link
 * NetfilterMatch}), looks up ({@link NetfilterLookup}) or decides ({@link NetfilterEffect}) on
 * registers. A rule is a list of steps that runs until one does not match. Pure; constants are
 * nf_tables.h's.
 *
 * <p>Registers are numbered 0 to 15 and hold four bytes each; a longer value, such as a key of
 * several fields, lies in registers that follow each other.
 */
public final class NetfilterExpression {
  /** Where data has a value, as against a verdict. */
  static final int DATA_VALUE = 1;

  private static final int NAME = 1;
  private static final int DATA = 2;
  private static final int REGISTER_FIRST = 8;
  private static final int INTERFACE_NAME_BYTES = 16;

  private final String name;
  private final Consumer<NetlinkWriter> body;

  NetfilterExpression(String name, Consumer<NetlinkWriter> body) {
    this.name = name;
    this.body = body;
  }

  void write(NetlinkWriter out) {
    out.string(NAME, name).nest(DATA, body);
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

  /** What the kernel calls a register. */
  static int register(int number) {
    return REGISTER_FIRST + number;
  }
}
