package io.kuber.server.route;

import java.util.List;

/**
 * Warnings as values of the {@code Warning} header (RFC 7234, section 5.5), within the bounds of
 * k8s.io/apiserver, pkg/endpoints/filters/warning.go: each once, and cut when all together are too
 * long.
 */
final class Warnings {
  /** Characters of all warnings of one answer; beyond them, each is cut. */
  private static final int MAX_TOTAL = 4096;

  /** Characters of one warning, once they have to be cut. */
  private static final int MAX_CUT = 256;

  private Warnings() {}

  static List<String> headers(List<String> warnings) {
    List<String> texts = warnings.stream().map(Warnings::printable).distinct().toList();
    boolean fits = texts.stream().mapToInt(String::length).sum() <= MAX_TOTAL;
    return texts.stream()
        .map(text -> fits ? text : text.substring(0, Math.min(MAX_CUT, text.length())))
        .limit(fits ? texts.size() : MAX_TOTAL / MAX_CUT)
        .map(text -> "299 - \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .toList();
  }

  /** A header is one line of ASCII; what is not becomes a blank or a question mark. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").replaceAll("[^\\x20-\\x7e]", "?").strip();
  }
}
