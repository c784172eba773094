package io.kuber.node;

import java.util.Map;

/**
 * References to variables in commands and values: {@code $(NAME)}, with {@code $$} for a dollar.
 */
final class Expansion {
  private Expansion() {}

  /** The text with references replaced; one to an unknown variable stays as it is. */
  static String expand(String text, Map<String, String> variables) {
    StringBuilder expanded = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char here = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      int end = here == '$' && next == '(' ? text.indexOf(')', i) : -1;
      if (here == '$' && next == '$') {
        expanded.append('$');
        i += 2;
      } else if (end > 0) {
        String name = text.substring(i + 2, end);
        expanded.append(variables.getOrDefault(name, "$(" + name + ")"));
        i = end + 1;
      } else {
        expanded.append(here);
        i++;
      }
    }
    return expanded.toString();
  }
}
