package io.kuber.view;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.selector.Requirement;
import io.kuber.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One term of a node selector: labels and fields that a node must have, all of them. A term without
 * conditions matches nothing (component-helpers, scheduling/corev1/nodeaffinity).
 *
 * @param labels conditions on labels
 * @param names conditions on {@code metadata.name}, the only field that nodes are known by
 */
public record NodeTerm(List<Requirement> labels, List<Requirement> names) {
  private static final String NAME = "metadata.name";

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST,
          "Gt", Operator.GREATER_THAN,
          "Lt", Operator.LESS_THAN);

  /** Copies the lists. */
  public NodeTerm {
    labels = List.copyOf(labels);
    names = List.copyOf(names);
  }

  /** The terms of a list such as {@code nodeSelectorTerms}; those that match nothing are out. */
  public static List<NodeTerm> allOf(Items terms) {
    return terms.trees().stream().flatMap(term -> of(term).stream()).toList();
  }

  /** One term; empty where it can match nothing. */
  public static Optional<NodeTerm> of(Tree term) {
    List<Requirement> labels = new ArrayList<>();
    List<Requirement> names = new ArrayList<>();
    boolean known =
        read(term.items("matchExpressions"), labels) && read(term.items("matchFields"), names);
    boolean possible = known && names.stream().allMatch(rule -> rule.key().equals(NAME));
    return possible && !(labels.isEmpty() && names.isEmpty())
        ? Optional.of(new NodeTerm(labels, names))
        : Optional.empty();
  }

  private static boolean read(Items rules, List<Requirement> into) {
    for (Tree rule : rules.trees()) {
      Operator operator = OPERATORS.get(rule.text("operator"));
      if (operator == null) {
        return false;
      }
      into.add(new Requirement(rule.text("key"), operator, rule.items("values").texts()));
    }
    return true;
  }

  /** Whether a node of that name and those labels is meant. */
  public boolean matches(String name, Tree nodeLabels) {
    for (Requirement rule : labels) {
      if (!rule.matches(nodeLabels.get(rule.key()) instanceof String value ? value : null)) {
        return false;
      }
    }
    for (Requirement rule : names) {
      if (!rule.matches(name)) {
        return false;
      }
    }
    return true;
  }
}
