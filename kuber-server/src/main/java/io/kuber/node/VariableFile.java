package io.kuber.node;

import java.util.Optional;

/**
 * A file of variables that an init container left for others ({@code fileKeyRef}): lines {@code
 * NAME='value'} or {@code NAME=value}; what follows a {@code #} outside of quotes is a comment. Of
 * a name that is there twice, the first counts (kubelet, pkg/kubelet/util/env). Pure.
 */
final class VariableFile {
  private static final char QUOTE = '\'';

  private VariableFile() {}

  /** The value of a name; empty where the text does not have it. */
  static Optional<String> value(String text, String name) {
    return text.lines()
        .map(String::stripLeading)
        .filter(line -> line.startsWith(name + "="))
        .findFirst()
        .map(line -> unquoted(line.substring(name.length() + 1)));
  }

  private static String unquoted(String value) {
    int end = value.indexOf(QUOTE, 1);
    if (!value.isEmpty() && value.charAt(0) == QUOTE && end > 0) {
      return value.substring(1, end);
    }
    int comment = value.indexOf('#');
    return comment < 0 ? value : value.substring(0, comment);
  }
}
