package io.kuber.engine.dockerfile;

import java.util.Map;

/**
 * Replaces variables in a word and takes its quotes away: {@code $x}, {@code ${x}}, {@code
 * ${x:-otherwise}}, {@code ${x:+instead}}, {@code ${x:?message}}, each also without the colon.
 * Belongs to one thread, for one word.
 */
public final class Expansion {
  private static final int DEEPEST = 16;

  private final String text;
  private final char escape;
  private final Map<String, String> variables;
  private final int depth;
  private int at;

  private Expansion(String text, char escape, Map<String, String> variables, int depth) {
    this.text = text;
    this.escape = escape;
    this.variables = variables;
    this.depth = depth;
  }

  /**
   * Expands a word.
   *
   * @throws DockerfileException when it is malformed; without a line
   */
  public static String expand(String word, char escape, Map<String, String> variables)
      throws DockerfileException {
    return expand(word, escape, variables, 0);
  }

  private static String expand(String word, char escape, Map<String, String> variables, int depth)
      throws DockerfileException {
    if (depth > DEEPEST) {
      throw new DockerfileException("variables are nested too deeply: " + word);
    }
    return new Expansion(word, escape, variables, depth).run();
  }

  private String run() throws DockerfileException {
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char each = text.charAt(at);
      if (each == '\'') {
        single(out);
      } else if (each == '"') {
        doubled(out);
      } else if (each == '$') {
        out.append(variable());
      } else if (each == escape) {
        // What an escape precedes loses its meaning; one at the end stands for nothing.
        if (at + 1 < text.length()) {
          out.append(text.charAt(at + 1));
        }
        at += 2;
      } else {
        out.append(each);
        at++;
      }
    }
    return out.toString();
  }

  private void single(StringBuilder out) throws DockerfileException {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      throw new DockerfileException("unexpected end of statement while looking for matching '");
    }
    out.append(text, at + 1, end);
    at = end + 1;
  }

  private void doubled(StringBuilder out) throws DockerfileException {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char each = text.charAt(at);
      if (each == '$') {
        out.append(variable());
      } else if (each == escape && at + 1 < text.length()) {
        char next = text.charAt(at + 1);
        if (next != '"' && next != '$' && next != escape) {
          out.append(each);
        }
        out.append(next);
        at += 2;
      } else {
        out.append(each);
        at++;
      }
    }
    if (at >= text.length()) {
      throw new DockerfileException("unexpected end of statement while looking for matching \"");
    }
    at++;
  }

  private String variable() throws DockerfileException {
    at++;
    if (at < text.length() && text.charAt(at) == '{') {
      at++;
      return braced();
    }
    String name = name();
    return name.isEmpty() ? "$" : variables.getOrDefault(name, "");
  }

  private String name() {
    int from = at;
    while (at < text.length() && isNamePart(text.charAt(at), at == from)) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isNamePart(char each, boolean isFirst) {
    boolean isLetter = each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each == '_';
    return isLetter || !isFirst && each >= '0' && each <= '9';
  }

  private String braced() throws DockerfileException {
    String name = name();
    int from = at;
    int open = 1;
    while (at < text.length() && open > 0) {
      char each = text.charAt(at);
      if (each == escape) {
        at++;
      } else if (each == '{') {
        open++;
      } else if (each == '}') {
        open--;
      }
      at++;
    }
    if (open > 0 || at > text.length()) {
      throw new DockerfileException("syntax error: missing '}'");
    }
    String modifier = text.substring(from, at - 1);
    if (name.isEmpty()) {
      throw new DockerfileException("syntax error: bad substitution");
    }
    return modified(name, modifier);
  }

  private String modified(String name, String modifier) throws DockerfileException {
    String value = variables.getOrDefault(name, "");
    if (modifier.isEmpty()) {
      return value;
    }
    boolean colon = modifier.startsWith(":");
    String operator = modifier.substring(colon ? 1 : 0);
    boolean isSet = variables.containsKey(name) && (!colon || !value.isEmpty());
    String word = operator.isEmpty() ? "" : operator.substring(1);
    switch (operator.isEmpty() ? 0 : operator.charAt(0)) {
      case '-' -> {
        return isSet ? value : expand(word, escape, variables, depth + 1);
      }
      case '+' -> {
        return isSet ? expand(word, escape, variables, depth + 1) : "";
      }
      case '?' -> {
        if (!isSet) {
          throw new DockerfileException(
              name + ": " + (word.isEmpty() ? "is not allowed to be unset" : word));
        }
        return value;
      }
      default ->
          throw new DockerfileException("unsupported modifier (" + modifier + ") in substitution");
    }
  }
}
