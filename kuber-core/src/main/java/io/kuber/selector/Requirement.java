package io.kuber.selector;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a label selector.
 *
 * @param key the label
 * @param values what the label is compared with; one value unless the operator takes a set
 */
public record Requirement(String key, Operator operator, List<String> values) {
  /** How the label is compared. */
  public enum Operator {
    /** The label has the value. */
    EQUALS("="),
    /** The same, written with two signs. */
    DOUBLE_EQUALS("=="),
    /** The label is missing or has another value. */
    NOT_EQUALS("!="),
    /** The label has one of the values. */
    IN("in"),
    /** The label is missing or has none of the values. */
    NOT_IN("notin"),
    /** The label is there. */
    EXISTS("exists"),
    /** The label is missing. */
    DOES_NOT_EXIST("!"),
    /** The label is an integer greater than the value (only of node affinity and text form). */
    GREATER_THAN("gt"),
    /** The label is an integer less than the value. */
    LESS_THAN("lt");

    private final String word;

    Operator(String word) {
      this.word = word;
    }
  }

  /** Copies the values. */
  public Requirement {
    values = List.copyOf(values);
  }

  /**
   * A requirement that keeps the rules of Kubernetes; throws {@link InvalidSelectorException} when
   * it breaks one (k8s.io/apimachinery, labels.NewRequirement, including the odd paths of its
   * messages).
   */
  public static Requirement of(String key, Operator operator, List<String> values) {
    Set<String> errors = new LinkedHashSet<>();
    List<String> keyErrors = LabelSyntax.keyErrors(key);
    if (!keyErrors.isEmpty()) {
      errors.add(invalid("key", quoted(key), String.join("; ", keyErrors)));
    }
    errors.addAll(countErrors(operator, values));
    for (int i = 0; i < values.size(); i++) {
      List<String> valueErrors = LabelSyntax.valueErrors(values.get(i));
      if (!valueErrors.isEmpty()) {
        String path = "values[" + i + "][" + key + "]";
        errors.add(invalid(path, quoted(values.get(i)), String.join("; ", valueErrors)));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidSelectorException(
          errors.size() == 1
              ? errors.iterator().next()
              : errors.stream().collect(Collectors.joining(", ", "[", "]")));
    }
    return new Requirement(key, operator, values);
  }

  private static List<String> countErrors(Operator operator, List<String> values) {
    return switch (operator) {
      case IN, NOT_IN ->
          values.isEmpty()
              ? wrongCount(values, "for 'in', 'notin' operators, values set can't be empty")
              : List.of();
      case EQUALS, DOUBLE_EQUALS, NOT_EQUALS ->
          values.size() == 1
              ? List.of()
              : wrongCount(values, "exact-match compatibility requires one single value");
      case EXISTS, DOES_NOT_EXIST ->
          values.isEmpty()
              ? List.of()
              : wrongCount(values, "values set must be empty for exists and does not exist");
      case GREATER_THAN, LESS_THAN -> orderErrors(values);
    };
  }

  private static List<String> orderErrors(List<String> values) {
    List<String> errors = new ArrayList<>();
    if (values.size() != 1) {
      errors.addAll(wrongCount(values, "for 'Gt', 'Lt' operators, exactly one value is required"));
    }
    for (int i = 0; i < values.size(); i++) {
      if (integer(values.get(i)) == null) {
        errors.add(
            invalid(
                "values[" + i + "]",
                quoted(values.get(i)),
                "for 'Gt', 'Lt' operators, the value must be an integer"));
      }
    }
    return errors;
  }

  private static List<String> wrongCount(List<String> values, String rule) {
    String shown = values.stream().map(Requirement::quoted).collect(Collectors.joining(", "));
    return List.of(invalid("values", "[]string{" + shown + "}", rule));
  }

  static String invalid(String path, String value, String rule) {
    return path + ": Invalid value: " + value + ": " + rule;
  }

  static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Whether a label with this value, or a missing one (null), meets the condition. */
  public boolean matches(@Nullable String value) {
    return switch (operator) {
      case EQUALS, DOUBLE_EQUALS, IN -> value != null && values.contains(value);
      case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GREATER_THAN, LESS_THAN -> isOnRightSide(value);
    };
  }

  private boolean isOnRightSide(@Nullable String value) {
    Long actual = value == null ? null : integer(value);
    Long limit = integer(values.get(0));
    if (actual == null || limit == null) {
      return false;
    }
    return operator == Operator.GREATER_THAN ? actual > limit : actual < limit;
  }

  private static @Nullable Long integer(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The text form, with values in order. */
  @Override
  public String toString() {
    String sorted = values.stream().sorted().collect(Collectors.joining(","));
    return switch (operator) {
      case EXISTS -> key;
      case DOES_NOT_EXIST -> "!" + key;
      case IN, NOT_IN -> key + " " + operator.word + " (" + sorted + ")";
      case GREATER_THAN -> key + ">" + sorted;
      case LESS_THAN -> key + "<" + sorted;
      case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> key + operator.word + sorted;
    };
  }
}
