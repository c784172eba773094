package io.kuber.selector;

import io.kuber.object.Tree;
import io.kuber.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions on labels, all of which must be met. */
public final class LabelSelector implements Predicate<Map<String, String>> {
  /** Selects all. */
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of(), true);

  /** Selects none. */
  public static final LabelSelector NOTHING = new LabelSelector(List.of(), false);

  private static final Map<String, Operator> OPERATORS_OF_OBJECTS =
      Map.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST);

  private final List<Requirement> requirements;
  private final boolean possible;

  private LabelSelector(List<Requirement> requirements, boolean possible) {
    this.requirements = requirements;
    this.possible = possible;
  }

  /** The selector of a query, such as {@code app=web,tier in (a, b),!old}. */
  public static LabelSelector parse(String text) {
    return of(new LabelSelectorParser(text).parse());
  }

  /**
   * The selector of an object, with {@code matchLabels} and {@code matchExpressions}: an empty one
   * selects all, a missing one (null) selects none (meta/v1, LabelSelectorAsSelector).
   */
  public static LabelSelector of(@Nullable Tree selector) {
    if (selector == null) {
      return NOTHING;
    }
    List<Requirement> requirements = new ArrayList<>();
    selector
        .tree("matchLabels")
        .texts()
        .forEach(
            (key, value) -> requirements.add(Requirement.of(key, Operator.EQUALS, List.of(value))));
    for (Tree expression : selector.items("matchExpressions").trees()) {
      requirements.add(requirement(expression));
    }
    return of(requirements);
  }

  /** The selector in the spec of an object. */
  public static LabelSelector ofSpec(Tree spec) {
    return of(spec.get("selector") instanceof Tree selector ? selector : null);
  }

  /** Selects what has all the given labels; nothing is validated. */
  public static LabelSelector ofLabels(Map<String, String> labels) {
    List<Requirement> requirements = new ArrayList<>();
    new TreeMap<>(labels)
        .forEach(
            (key, value) ->
                requirements.add(new Requirement(key, Operator.EQUALS, List.of(value))));
    return of(requirements);
  }

  /** Selects what meets all requirements, which are kept in the order of their keys. */
  public static LabelSelector of(List<Requirement> requirements) {
    return requirements.isEmpty()
        ? EVERYTHING
        : new LabelSelector(
            requirements.stream().sorted(Comparator.comparing(Requirement::key)).toList(), true);
  }

  private static Requirement requirement(Tree expression) {
    String name = expression.text("operator");
    Operator operator = OPERATORS_OF_OBJECTS.get(name);
    if (operator == null) {
      throw new InvalidSelectorException(
          Requirement.quoted(name) + " is not a valid label selector operator");
    }
    return Requirement.of(expression.text("key"), operator, expression.items("values").texts());
  }

  /** Whether an object with these labels is selected. */
  @Override
  public boolean test(Map<String, String> labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels.get(requirement.key()))) {
        return false;
      }
    }
    return possible;
  }

  /** Whether an object is selected whose {@code metadata.labels} is this tree. */
  public boolean matches(Tree labels) {
    for (Requirement requirement : requirements) {
      Object value = labels.get(requirement.key());
      if (!requirement.matches(value instanceof String text ? text : null)) {
        return false;
      }
    }
    return possible;
  }

  /** Whether this selects all. */
  public boolean isEmpty() {
    return possible && requirements.isEmpty();
  }

  /** Whether this can never select anything, whatever the labels. */
  public boolean isImpossible() {
    return !possible;
  }

  /** The conditions in the order of their keys. */
  public List<Requirement> requirements() {
    return requirements;
  }

  /** The canonical text form; parsing it gives an equal selector. */
  @Override
  public String toString() {
    return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LabelSelector that
        && possible == that.possible
        && requirements.equals(that.requirements);
  }

  @Override
  public int hashCode() {
    return requirements.hashCode() + (possible ? 1 : 0);
  }
}
