package io.kuber.linux;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A set or map of nf_tables: what its keys and values are made of.
 *
 * @param value the fields of the value; none for a set and for a verdict map
 * @param verdicts whether it maps to verdicts
 * @param written whether rules write into it, with elements that time out
 * @param ranged whether elements are ranges, from one key to another in each of their fields; no
 *     two of them may overlap
 */
public record NetfilterSet(
    String name,
    List<Field> key,
    List<Field> value,
    boolean verdicts,
    boolean written,
    boolean ranged) {
  /** What a part of a key or value means; {@code nft list} prints it accordingly. */
  public enum Field {
    ADDRESS(7, 4),
    PROTOCOL(12, 1),
    PORT(13, 2),
    NUMBER(19, 4);

    private final int type;
    private final int bytes;

    Field(int type, int bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    /** How many bytes of its register count. */
    int bytes() {
      return bytes;
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
    return new NetfilterSet(name, List.of(key), List.of(), false, false, false);
  }

  /** A set of ranges of keys of several fields. */
  public static NetfilterSet ranges(String name, Field... key) {
    return new NetfilterSet(name, List.of(key), List.of(), false, false, true);
  }

  public static NetfilterSet map(String name, List<Field> key, List<Field> value) {
    return new NetfilterSet(name, key, value, false, false, false);
  }

  public static NetfilterSet verdictMap(String name, Field... key) {
    return new NetfilterSet(name, List.of(key), List.of(), true, false, false);
  }

  /** A map that {@link NetfilterLookup#remember} fills. */
  public static NetfilterSet memory(String name, List<Field> key, List<Field> value) {
    return new NetfilterSet(name, key, value, false, true, false);
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
   * @param end the last key of a range, else empty
   * @param value of a map's element, else empty
   * @param chain where a verdict map's element goes to, else empty
   */
  @SuppressWarnings("ArrayRecordComponent") // An element is written once and never compared.
  public record Element(byte[] key, byte[] end, byte[] value, String chain) {
    private static final byte[] NONE = {};

    public static Element of(byte[] key) {
      return new Element(key, NONE, NONE, "");
    }

    /** All keys from one to another, field by field, both included. */
    public static Element range(byte[] first, byte[] last) {
      return new Element(first, last, NONE, "");
    }

    public static Element to(byte[] key, byte[] value) {
      return new Element(key, NONE, value, "");
    }

    /** The same without what it maps to, as it is deleted. */
    public Element keyAlone() {
      return new Element(key, end, NONE, "");
    }

    public static Element goTo(byte[] key, String chain) {
      return new Element(key, NONE, NONE, chain);
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
