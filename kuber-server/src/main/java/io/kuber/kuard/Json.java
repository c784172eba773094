package io.kuber.kuard;

import java.util.Map;

/** Writes maps, iterables, strings, numbers and booleans as JSON on one line. */
final class Json {
  private Json() {}

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> object) {
      String comma = "{";
      for (Map.Entry<?, ?> member : object.entrySet()) {
        quote(String.valueOf(member.getKey()), out.append(comma));
        write(member.getValue(), out.append(':'));
        comma = ",";
      }
      out.append(object.isEmpty() ? "{}" : "}");
    } else if (value instanceof Iterable<?> array) {
      String comma = "";
      out.append('[');
      for (Object element : array) {
        write(element, out.append(comma));
        comma = ",";
      }
      out.append(']');
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      quote(String.valueOf(value), out);
    }
  }

  /** Also escapes what would end a script element, so that JSON is safe wherever it is pasted. */
  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            unicode(c, out);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void unicode(char c, StringBuilder out) {
    String hex = Integer.toHexString(c);
    out.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
  }
}
