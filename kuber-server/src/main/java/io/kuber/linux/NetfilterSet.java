package io.kuber.linux;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A set or map of nf_tables: what its keys and values are made of.
 *
 * @param value the fields of the value; none for a set and for a verdict map
 * @param verdicts whether it maps to verdicts
 * @param written whether rules write into it, with elements that time out
 */
public record NetfilterSet(
    String name, List<Field> key, List<Field> value, boolean verdicts, boolean written) {
  /** What a part of a key or value means; {@code nft list} prints it accordingly. */
  public enum Field {
    ADDRESS(7),
    PROTOCOL(12),
    PORT(13),
    NUMBER(19);

    private final int type;

    Field(int type) {
      this.type = type;
    }
  }

  /** Every field lies in a register of its own. */
  static final int FIELD_BYTES = 4;

  private static final int TYPE_BITS = 6;
  private static final int VERDICT_TYPE = 0xffffff00;

  public NetfilterSet {
    key = List.copyOf(key);
    value = List.copyOf(value);
  }

  public static NetfilterSet set(String name, Field... key) {
    return new NetfilterSet(name, List.of(key), List.of(), false, false);
  }

  public static NetfilterSet map(String name, List<Field> key, List<Field> value) {
    return new NetfilterSet(name, key, value, false, false);
  }

  public static NetfilterSet verdictMap(String name, Field... key) {
    return new NetfilterSet(name, List.of(key), List.of(), true, false);
  }

  /** A map that {@link NetfilterLookup#remember} fills. */
  public static NetfilterSet memory(String name, List<Field> key, List<Field> value) {
    return new NetfilterSet(name, key, value, false, true);
  }

  boolean isMap() {
    return verdicts || !value.isEmpty();
  }

  int keyType() {
    return type(key);
  }

  int valueType() {
    return verdicts ? VERDICT_TYPE : type(value);
  }

  private static int type(List<Field> fields) {
    int packed = 0;
    for (Field field : fields) {
      packed = packed << TYPE_BITS | field.type;
    }
    return packed;
  }

  /**
   * An element.
   *
   * @param value of a map's element, else empty
   * @param chain where a verdict map's element goes to, else empty
   */
  @SuppressWarnings("ArrayRecordComponent") // An element is written once and never compared.
  public record Element(byte[] key, byte[] value, String chain) {
    private static final byte[] NONE = {};

    public static Element of(byte[] key) {
      return new Element(key, NONE, "");
    }

    public static Element to(byte[] key, byte[] value) {
      return new Element(key, value, "");
    }

    public static Element goTo(byte[] key, String chain) {
      return new Element(key, NONE, chain);
    }
  }

  /** Packs fields into the bytes of a key or value. */
  public static final class Packer {
    private final ByteBuffer bytes;

    public Packer(int fields) {
      bytes = ByteBuffer.allocate(fields * FIELD_BYTES);
    }

    public Packer address(int bits) {
      bytes.putInt(bits);
      return this;
    }

    public Packer protocol(int number) {
      bytes.putInt(number << 24);
      return this;
    }

    public Packer port(int port) {
      bytes.putInt(port << 16);
      return this;
    }

    public Packer number(int value) {
      bytes.put(NetlinkWriter.nativeInt(value));
      return this;
    }

    public byte[] pack() {
      return bytes.array();
    }
  }
}
