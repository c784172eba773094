package io.kuber.node.image.layer;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The extended header of an entry: records {@code length key=value}, whose values are bytes, since
 * extended attributes are.
 */
final class PaxRecords {
  static final PaxRecords NONE = new PaxRecords(Map.of());

  private static final String ATTRIBUTE = "SCHILY.xattr.";
  private static final int LONGEST_NUMBER = 40;

  private final Map<String, byte[]> values;

  private PaxRecords(Map<String, byte[]> values) {
    this.values = values;
  }

  static PaxRecords parse(byte[] bytes) throws IOException {
    Map<String, byte[]> values = new LinkedHashMap<>();
    int at = 0;
    while (at < bytes.length && bytes[at] != 0) {
      int space = indexOf(bytes, ' ', at, bytes.length);
      int end = at + length(bytes, at, space);
      if (end <= space || end > bytes.length || bytes[end - 1] != '\n') {
        throw new IOException("has an extended header with a record of the wrong length");
      }
      int equals = indexOf(bytes, '=', space + 1, end);
      values.put(
          TarHeader.utf8(bytes, space + 1, equals - space - 1),
          Arrays.copyOfRange(bytes, equals + 1, end - 1));
      at = end;
    }
    return new PaxRecords(values);
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int end) throws IOException {
    for (int i = from; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new IOException("has an extended header that ends in the middle of a record");
  }

  private static int length(byte[] bytes, int from, int end) throws IOException {
    int value = 0;
    for (int i = from; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9' || value > (1 << 24)) {
        throw new IOException("has an extended header with a record of no length");
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  String text(String key, String otherwise) throws IOException {
    byte[] value = values.get(key);
    return value == null ? otherwise : TarHeader.utf8(value, 0, value.length);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether the entry is one of GNU's sparse files, in any of their three forms. */
  boolean isSparse() {
    return values.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
  }

  /** A number of the extended header in thousand-millionths, for times have fractions. */
  BigDecimal number(String key) throws IOException {
    String text = text(key, "");
    try {
      if (text.length() > LONGEST_NUMBER) {
        throw new NumberFormatException(text.length() + " digits");
      }
      BigDecimal number = new BigDecimal(text);
      if (number.precision() - number.scale() > LONGEST_NUMBER || number.scale() > LONGEST_NUMBER) {
        throw new NumberFormatException("too large");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IOException("has an extended header with a " + key + " that is no number", e);
    }
  }

  long whole(String key, long otherwise) throws IOException {
    if (!has(key)) {
      return otherwise;
    }
    try {
      return number(key).setScale(0, RoundingMode.FLOOR).longValueExact();
    } catch (ArithmeticException e) {
      throw new IOException("has an extended header with a " + key + " beyond 64 bits", e);
    }
  }

  /** The extended attributes of the entry. */
  Map<String, byte[]> attributes() {
    Map<String, byte[]> attributes = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(ATTRIBUTE)) {
            attributes.put(key.substring(ATTRIBUTE.length()), value);
          }
        });
    return attributes;
  }
}
