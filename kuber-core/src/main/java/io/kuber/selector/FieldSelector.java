package io.kuber.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on fields, all of which must be met: {@code spec.nodeName=n1,status.phase!=Running}.
 * In values, backslash escapes comma, equals sign and backslash (k8s.io/apimachinery, fields).
 */
public final class FieldSelector {
  /** Selects all. */
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  private final List<Term> terms;

  private FieldSelector(List<Term> terms) {
    this.terms = terms;
  }

  /**
   * One condition.
   *
   * @param field the path of the field, such as {@code metadata.name}
   * @param negated whether the field must not have the value
   */
  public record Term(String field, String value, boolean negated) {
    @Override
    public String toString() {
      return field + (negated ? "!=" : "=") + escape(value);
    }
  }

  /** Parses the text form; throws {@link InvalidSelectorException}. */
  public static FieldSelector parse(String text) {
    List<Term> terms = new ArrayList<>();
    for (String part : split(text).stream().sorted().toList()) {
      if (!part.isEmpty()) {
        terms.add(term(text, part));
      }
    }
    return of(terms);
  }

  /** Selects what meets all conditions. */
  public static FieldSelector of(List<Term> terms) {
    return terms.isEmpty() ? EVERYTHING : new FieldSelector(List.copyOf(terms));
  }

  /** Selects objects with one value in one field. */
  public static FieldSelector of(String field, String value) {
    return of(List.of(new Term(field, value, false)));
  }

  /** Whether an object is selected; {@code fields} gives a field's value, "" when it is unset. */
  public boolean matches(UnaryOperator<String> fields) {
    for (Term term : terms) {
      if (fields.apply(term.field()).equals(term.value()) == term.negated()) {
        return false;
      }
    }
    return true;
  }

  /** The value that {@code field} must have for anything to be selected, or null. */
  public @Nullable String required(String field) {
    for (Term term : terms) {
      if (!term.negated() && term.field().equals(field)) {
        return term.value();
      }
    }
    return null;
  }

  /** Whether this selects all. */
  public boolean isEmpty() {
    return terms.isEmpty();
  }

  /** The conditions, in the order of their text. */
  public List<Term> terms() {
    return terms;
  }

  /** The text form. */
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(","));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldSelector that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  private static Term term(String selector, String part) {
    int sign = part.indexOf('=');
    if (sign < 0) {
      throw new InvalidSelectorException(
          "invalid selector: '" + selector + "'; can't understand '" + part + "'");
    }
    boolean negated = sign > 0 && part.charAt(sign - 1) == '!';
    boolean doubled = !negated && part.startsWith("==", sign);
    String field = part.substring(0, negated ? sign - 1 : sign);
    return new Term(field, unescape(part.substring(sign + (doubled ? 2 : 1))), negated);
  }

  /** The parts between commas that no backslash stands before; escapes are kept. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }

  private static String unescape(String value) {
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        plain.append(escaped(value, ++i));
      } else if (c == ',' || c == '=') {
        // Upstream prints the rune as a number here.
        throw new InvalidSelectorException(
            "invalid field selector: unescaped character in value: " + (int) c);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static char escaped(String value, int index) {
    char c = index < value.length() ? value.charAt(index) : 0;
    if (c != '\\' && c != ',' && c != '=') {
      throw new InvalidSelectorException(
          "invalid field selector: invalid escape sequence: \\" + (c == 0 ? "" : c));
    }
    return c;
  }
}
