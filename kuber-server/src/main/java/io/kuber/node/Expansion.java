package io.kuber.node;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * References to variables in commands and values: {@code $(NAME)}, with {@code $$} for a dollar.
 */
final class Expansion {
  private Expansion() {}

  /** The text with references replaced; one to an unknown variable stays as it is. */
  static String expand(String text, Map<String, String> variables) {
    return expand(text, name -> variables.getOrDefault(name, "$(" + name + ")"));
  }

  /** The text with references replaced; throws when one is to an unknown variable. */
  static String expandKnown(String text, Map<String, String> variables) {
    return expand(
        text,
        name -> {
          String value = variables.get(name);
          if (value == null) {
            throw new ContainerConfigException("missing value for \"" + name + "\"");
          }
          return value;
        });
  }

  private static String expand(String text, UnaryOperator<String> values) {
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
        expanded.append(values.apply(name));
        i = end + 1;
      } else {
        expanded.append(here);
        i++;
      }
    }
    return expanded.toString();
  }
}
