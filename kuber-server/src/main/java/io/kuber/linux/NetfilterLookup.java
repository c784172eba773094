package io.kuber.linux;

import static io.kuber.linux.NetfilterExpression.register;

import java.time.Duration;

/** Steps that ask sets and maps of the table, or write into maps that rules fill. */
public final class NetfilterLookup {
  private static final int REGISTER_VERDICT = 0;

  private NetfilterLookup() {}

  /** Goes on only if the key that begins at a register is in a set. */
  public static NetfilterExpression contains(String set, int key) {
    return new NetfilterExpression("lookup", out -> out.string(1, set).big32(2, register(key)));
  }

  /** Goes on only if the key that begins at a register is not in a set. */
  public static NetfilterExpression lacks(String set, int key) {
    int inverted = 1;
    return new NetfilterExpression(
        "lookup", out -> out.string(1, set).big32(2, register(key)).big32(5, inverted));
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
}
