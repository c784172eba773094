package io.kuber.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON pointer, RFC 6901.
 *
 * @param text the pointer as the patch has it
 * @param tokens its parts, unescaped
 */
record Pointer(String text, List<String> tokens) {
  /** Parts of a pointer: no object is nested deeper. */
  private static final int MAX_TOKENS = 1_000;

  static Pointer parse(String text) {
    if (text.isEmpty()) {
      return new Pointer(text, List.of());
    }
    if (text.charAt(0) != '/') {
      throw PatchException.malformed("the path \"" + text + "\" of a JSON patch must begin with /");
    }
    String[] parts = text.substring(1).split("/", -1);
    if (parts.length > MAX_TOKENS) {
      throw PatchException.malformed(
          "a path of a JSON patch has more than " + MAX_TOKENS + " parts");
    }
    List<String> tokens = new ArrayList<>(parts.length);
    for (String part : parts) {
      tokens.add(part.replace("~1", "/").replace("~0", "~"));
    }
    return new Pointer(text, tokens);
  }

  /** Whether this points at {@code other} or at something that contains it. */
  boolean contains(Pointer other) {
    return other.tokens.size() >= tokens.size()
        && other.tokens.subList(0, tokens.size()).equals(tokens);
  }

  int depth() {
    return tokens.size();
  }
}
