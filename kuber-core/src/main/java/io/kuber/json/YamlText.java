package io.kuber.json;

/**
 * Prints texts in the style that goyaml.v2/emitterc.go chooses: plain where possible, double quotes
 * where another type or an escape is at stake, single quotes where a sign of YAML is, and a literal
 * block for several lines.
 */
final class YamlText {
  /** A line is folded at the first space behind this column. */
  private static final int WIDTH = 80;

  private static final String LEADING_SIGNS = "#,[]{}&*!|>'\"%@`";
  private static final String ESCAPED = "\0\u0007\b\t\n\u000B\f\r\u001B\"\\\u0085";
  private static final String ESCAPES = "0abtnvfre\"\\N";

  private YamlText() {}

  /** Prints a key, which stays on one line. */
  static void key(String text, StringBuilder out) {
    if (YamlScalars.needsQuotes(text) || hasEscapes(text) || text.indexOf('\n') >= 0) {
      doubleQuoted(text, Integer.MAX_VALUE, out);
    } else if (canBePlain(text)) {
      out.append(text);
    } else {
      singleQuoted(text, Integer.MAX_VALUE, out);
    }
  }

  /** Prints a value; further lines begin at {@code column}. */
  static void text(String text, int column, StringBuilder out) {
    boolean lines = text.indexOf('\n') >= 0;
    if (lines && !hasEscapes(text) && !text.endsWith(" ") && !text.contains(" \n")) {
      literal(text, column, out);
    } else if (lines || YamlScalars.needsQuotes(text) || hasEscapes(text)) {
      doubleQuoted(text, column, out);
    } else if (canBePlain(text)) {
      folded(text, column, out);
    } else {
      singleQuoted(text, column, out);
    }
  }

  private static boolean hasEscapes(String text) {
    return text.codePoints().anyMatch(c -> c != '\n' && !isPrintable(c));
  }

  private static boolean isPrintable(int c) {
    return c >= 0x20 && c <= 0x7E
        || c >= 0xA0 && c <= 0xD7FF && c != 0x2028 && c != 0x2029
        || c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF;
  }

  private static boolean canBePlain(String text) {
    if (text.startsWith(" ")
        || text.endsWith(" ")
        || text.startsWith("---")
        || text.startsWith("...")
        || LEADING_SIGNS.indexOf(text.charAt(0)) >= 0) {
      return false;
    }
    if ("?:-".indexOf(text.charAt(0)) >= 0 && endsWord(text, 1)) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' && endsWord(text, i + 1) || c == '#' && text.charAt(i - 1) == ' ') {
        return false;
      }
    }
    return true;
  }

  private static boolean endsWord(String text, int index) {
    return index == text.length() || text.charAt(index) == ' ';
  }

  private static void literal(String text, int column, StringBuilder out) {
    out.append('|');
    if (text.charAt(0) == ' ' || text.charAt(0) == '\n') {
      out.append(2);
    }
    if (!text.endsWith("\n")) {
      out.append('-');
    } else if (text.length() == 1 || text.endsWith("\n\n")) {
      out.append('+');
    }
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      out.append('\n');
      if (!line.isEmpty()) {
        out.append(" ".repeat(column)).append(line);
      }
    }
  }

  private static void folded(String text, int column, StringBuilder out) {
    int lineStart = lineStart(column, out);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (canFold(text, i) && text.charAt(i + 1) != ' ' && out.length() - lineStart > WIDTH) {
        lineStart = newLine(column, out);
      } else {
        out.append(c);
      }
    }
  }

  private static void singleQuoted(String text, int column, StringBuilder out) {
    int lineStart = lineStart(column, out);
    out.append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (canFold(text, i) && text.charAt(i + 1) != ' ' && out.length() - lineStart > WIDTH) {
        lineStart = newLine(column, out);
      } else if (c == '\'') {
        out.append("''");
      } else {
        out.append(c);
      }
    }
    out.append('\'');
  }

  private static void doubleQuoted(String text, int column, StringBuilder out) {
    int lineStart = lineStart(column, out);
    out.append('"');
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (canFold(text, i) && out.length() - lineStart > WIDTH) {
        lineStart = newLine(column, out);
        if (text.charAt(i + 1) == ' ') {
          out.append('\\');
        }
      } else {
        escape(text.codePointAt(i), out);
      }
    }
    out.append('"');
  }

  private static void escape(int c, StringBuilder out) {
    int known = ESCAPED.indexOf(c);
    if (known >= 0) {
      out.append('\\').append(ESCAPES.charAt(known));
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else if (c <= 0xFF) {
      out.append(String.format("\\x%02X", c));
    } else if (c <= 0xFFFF) {
      out.append(String.format("\\u%04X", c));
    } else {
      out.append(String.format("\\U%08X", c));
    }
  }

  /** Whether the sign is a single space inside the text, where a line may end. */
  private static boolean canFold(String text, int index) {
    return text.charAt(index) == ' '
        && index > 0
        && index < text.length() - 1
        && text.charAt(index - 1) != ' ';
  }

  /** Where the current line begins; a key, which has no column, is never folded. */
  private static int lineStart(int column, StringBuilder out) {
    return column == Integer.MAX_VALUE ? Integer.MAX_VALUE : out.lastIndexOf("\n") + 1;
  }

  private static int newLine(int column, StringBuilder out) {
    out.append('\n');
    int start = out.length();
    out.append(" ".repeat(column));
    return start;
  }
}
