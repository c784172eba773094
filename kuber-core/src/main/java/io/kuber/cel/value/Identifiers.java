package io.kuber.cel.value;

import java.util.Set;
import java.util.regex.Pattern;

/** What expressions can call their variables and fields (cel-spec, doc/langdef.md). */
public final class Identifiers {
  private static final Pattern FORM = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private Identifiers() {}

  /** Whether the word means something else to expressions, or is kept for that. */
  public static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }

  /** Whether a variable may have this name. */
  public static boolean isIdentifier(String name) {
    return FORM.matcher(name).matches() && !isReserved(name);
  }
}
