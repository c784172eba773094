package io.kuber.resource.custom;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** Regular expressions of schemas: those of RE2, which take time linear to the text. */
final class Patterns {
  private Patterns() {}

  /** Why a text is no regular expression, or empty where it is one. */
  static Optional<String> problem(String pattern) {
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException malformed) {
      return Optional.of(String.valueOf(malformed.getMessage()));
    }
  }
}
