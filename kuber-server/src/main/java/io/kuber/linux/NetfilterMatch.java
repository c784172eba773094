package io.kuber.linux;

import static io.kuber.linux.NetfilterExpression.DATA_VALUE;
import static io.kuber.linux.NetfilterExpression.register;

/**
 * Steps that compare registers, and those that make them comparable: a rule goes on if they match.
 */
public final class NetfilterMatch {
  private NetfilterMatch() {}

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
}
