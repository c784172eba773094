package io.kuber.engine.dockerfile;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a {@code .dockerignore} leaves out of a context: a pattern a line, with {@code !} for
 * exceptions; the last that matches counts, and what matches a directory matches all below it.
 */
public final class Ignored {
  private record Rule(Pattern pattern, boolean isException) {}

  private final List<Rule> rules;

  private Ignored(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException for a malformed pattern
   */
  public static Ignored parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String line : Splitter.on('\n').split(text)) {
      String bare = line.startsWith("#") ? "" : line.strip();
      boolean isException = bare.startsWith("!");
      String path = clean(isException ? bare.substring(1).strip() : bare);
      if (!path.isEmpty()) {
        rules.add(new Rule(Glob.compile(path), isException));
      } else if (isException) {
        throw new IllegalArgumentException("illegal exclusion pattern: \"!\"");
      }
    }
    return new Ignored(rules);
  }

  private static String clean(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : Splitter.on('/').omitEmptyStrings().split(path)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** Whether a path of the context, without a slash at its beginning, is left out. */
  public boolean matches(String path) {
    boolean ignored = false;
    for (Rule rule : rules) {
      if (rule.isException == ignored && covers(rule.pattern, path)) {
        ignored = !rule.isException;
      }
    }
    return ignored;
  }

  /** A pattern covers what it matches, and all below. */
  private static boolean covers(Pattern pattern, String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (pattern.matcher(path.substring(0, end)).matches()) {
        return true;
      }
    }
    return false;
  }
}
