package io.kuber.json;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Prints values as UTF-8 into one growing array, without the layers of a general generator. Lives
 * for one value, on one thread.
 */
final class JsonWriter {
  private static final int FIRST_BYTES = 4096;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final byte[] MIN_LONG = {
    '-', '9', '2', '2', '3', '3', '7', '2', '0', '3', '6', '8', '5', '4', '7', '7', '5', '8', '0',
    '8'
  };

  /** The most bytes that one char can become: an escape of six. */
  private static final int MAX_BYTES_PER_CHAR = 6;

  /** The most digits of a long, with sign. */
  private static final int MAX_DIGITS = 20;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  static byte[] print(Object value) {
    JsonWriter writer = new JsonWriter();
    writer.write(value);
    return Arrays.copyOf(writer.bytes, writer.size);
  }

  private void write(Object value) {
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof Tree tree) {
      tree(tree);
    } else if (value instanceof Items items) {
      items(items);
    } else if (value instanceof Boolean truth) {
      ascii(truth ? "true" : "false");
    } else if (value instanceof Long || value instanceof Integer) {
      number(((Number) value).longValue());
    } else if (value instanceof BigDecimal number) {
      ascii(number.toString());
    } else if (value == Nil.NIL) {
      ascii("null");
    } else {
      throw new IllegalArgumentException("no value of the object model: " + value.getClass());
    }
  }

  private void tree(Tree tree) {
    sign('{');
    for (int i = 0; i < tree.size(); i++) {
      if (i > 0) {
        sign(',');
      }
      text(tree.nameAt(i));
      sign(':');
      write(tree.valueAt(i));
    }
    sign('}');
  }

  private void items(Items items) {
    sign('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        sign(',');
      }
      write(items.get(i));
    }
    sign(']');
  }

  private void sign(char sign) {
    reserve(1);
    bytes[size++] = (byte) sign;
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  private void number(long number) {
    reserve(MAX_DIGITS);
    if (number == Long.MIN_VALUE) {
      System.arraycopy(MIN_LONG, 0, bytes, size, MIN_LONG.length);
      size += MIN_LONG.length;
      return;
    }
    long rest = Math.abs(number);
    if (number < 0) {
      bytes[size++] = '-';
    }
    int digits = 1;
    for (long bound = rest / 10; bound > 0; bound /= 10) {
      digits++;
    }
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /** Nearly all texts are plain ASCII: those take the short way to their end. */
  private void text(String text) {
    int length = text.length();
    reserve(length + 2);
    byte[] out = bytes;
    int at = size;
    out[at++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        break;
      }
      out[at++] = (byte) c;
    }
    size = at;
    if (i < length) {
      rest(text, i);
    }
    sign('"');
  }

  private void rest(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      reserve(MAX_BYTES_PER_CHAR);
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xc0 | c >> 6);
        bytes[size++] = (byte) (0x80 | c & 0x3f);
      } else if (!Character.isSurrogate(c)) {
        bytes[size++] = (byte) (0xe0 | c >> 12);
        bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
        bytes[size++] = (byte) (0x80 | c & 0x3f);
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        pair(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        // Half a character has no bytes in UTF-8; its escape keeps it.
        unicode(c);
      }
    }
  }

  private void ascii(char c) {
    int escape = "\b\f\n\r\t\"\\".indexOf(c);
    if (escape >= 0) {
      bytes[size++] = '\\';
      bytes[size++] = (byte) "bfnrt\"\\".charAt(escape);
    } else if (c < ' ') {
      unicode(c);
    } else {
      bytes[size++] = (byte) c;
    }
  }

  private void pair(int c) {
    bytes[size++] = (byte) (0xf0 | c >> 18);
    bytes[size++] = (byte) (0x80 | c >> 12 & 0x3f);
    bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
    bytes[size++] = (byte) (0x80 | c & 0x3f);
  }

  private void unicode(char c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[c >> shift & 0xf];
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
