package io.kuber.engine.dockerfile;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Patterns of paths as Go's {@code filepath.Match} has them, and {@code **}. Pure. */
public final class Glob {
  private Glob() {}

  /** Whether a text is a pattern rather than a name. */
  public static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  /**
   * The pattern as a regular expression.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  public static Pattern compile(String glob) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < glob.length()) {
      char each = glob.charAt(at);
      if (glob.startsWith("**/", at)) {
        regex.append("(?:.*/)?");
        at += 3;
      } else if (glob.startsWith("**", at)) {
        regex.append(".*");
        at += 2;
      } else if (each == '[') {
        at = appendSet(glob, at, regex);
      } else {
        at += append(glob, at, regex);
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("syntax error in pattern: " + glob, e);
    }
  }

  private static int append(String glob, int at, StringBuilder regex) {
    char each = glob.charAt(at);
    switch (each) {
      case '*' -> regex.append("[^/]*");
      case '?' -> regex.append("[^/]");
      case '\\' -> {
        if (at + 1 < glob.length()) {
          regex.append(Pattern.quote(glob.substring(at + 1, at + 2)));
          return 2;
        }
        throw new IllegalArgumentException("syntax error in pattern: " + glob);
      }
      default -> regex.append(Pattern.quote(String.valueOf(each)));
    }
    return 1;
  }

  private static int appendSet(String glob, int at, StringBuilder regex) {
    int end = glob.indexOf(']', at + 2);
    if (end < 0) {
      throw new IllegalArgumentException("syntax error in pattern: " + glob);
    }
    String inside = glob.substring(at + 1, end).replace("\\", "\\\\").replace("[", "\\[");
    regex.append('[').append(inside.replace("&", "\\&")).append("&&[^/]]");
    return end + 1;
  }
}
