package io.kuber.kuard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, longs, doubles, booleans and null. Throws {@link Refusal}
 * with the offset of the first thing that is not JSON.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    if (reader.peek() != 0) {
      throw reader.wrong("the end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw Refusal.badRequest("JSON nested deeper than " + MAX_DEPTH);
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    if (!taken('}')) {
      do {
        if (peek() != '"') {
          throw wrong("a member name");
        }
        String name = string();
        take(':');
        members.put(name, value(depth + 1));
      } while (taken(','));
      take('}');
    }
    return members;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    at++;
    if (!taken(']')) {
      do {
        elements.add(value(depth + 1));
      } while (taken(','));
      take(']');
    }
    return elements;
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    throw wrong("a closing quote");
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape");
    };
  }

  private char unicode() {
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw wrong("four hex digits");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private Object number() {
    int start = at;
    boolean whole = true;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      char c = text.charAt(at++);
      whole &= c == '-' || (c >= '0' && c <= '9');
    }
    String digits = text.substring(start, at);
    try {
      if (whole) {
        return Long.valueOf(digits);
      }
      return Double.valueOf(digits);
    } catch (NumberFormatException e) {
      at = start;
      throw wrong("a value");
    }
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return meaning;
  }

  /** The next character that is not white space, not taken; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean taken(char c) {
    boolean found = peek() == c;
    at += found ? 1 : 0;
    return found;
  }

  private void take(char c) {
    if (!taken(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private Refusal wrong(String expected) {
    return Refusal.badRequest("bad JSON: expected " + expected + " at offset " + at);
  }
}
