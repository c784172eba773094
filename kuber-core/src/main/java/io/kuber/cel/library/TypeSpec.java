package io.kuber.cel.library;

import com.google.common.collect.ImmutableList;
import io.kuber.cel.value.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A type as libraries write it: {@code string}, {@code list(int)}, {@code kubernetes.URL}. A single
 * capital letter stands for any type, the same one wherever it stands in a signature.
 *
 * @param name of the type, without its parameters
 * @param parameters of lists, maps and optional values
 */
public record TypeSpec(String name, ImmutableList<TypeSpec> parameters) {
  /** Parses one type. */
  public static TypeSpec parse(String text) {
    int open = text.indexOf('(');
    return open < 0
        ? new TypeSpec(text.strip(), ImmutableList.of())
        : new TypeSpec(
            text.substring(0, open).strip(),
            parseAll(text.substring(open + 1, text.lastIndexOf(')'))));
  }

  /** Parses types between commas; none of an empty text. */
  static ImmutableList<TypeSpec> parseAll(String text) {
    List<TypeSpec> types = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0 && !text.isBlank()) {
        types.add(parse(text.substring(start, i)));
        start = i + 1;
      }
    }
    return ImmutableList.copyOf(types);
  }

  /** Whether this stands for any type. */
  public boolean isParameter() {
    return name.length() == 1;
  }

  /** Whether a value is of this type; lists and maps are not looked into. */
  boolean accepts(Object value) {
    return isParameter()
        || name.equals("dyn")
        || TypeName.nameOf(value).equals(name)
        || name.equals("optional") && value instanceof Optional;
  }
}
