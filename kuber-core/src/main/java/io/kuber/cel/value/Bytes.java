package io.kuber.cel.value;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A sequence of bytes. */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** A copy of these bytes. */
  public static Bytes of(byte[] octets) {
    return new Bytes(octets.clone());
  }

  /** How many there are. */
  public int size() {
    return octets.length;
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** These bytes and others behind them. */
  public Bytes plus(Bytes other) {
    byte[] both = Arrays.copyOf(octets, octets.length + other.octets.length);
    System.arraycopy(other.octets, 0, both, octets.length, other.octets.length);
    return new Bytes(both);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(octets, other.octets);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
