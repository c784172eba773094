package io.kuber.cel;

import io.kuber.cel.value.DeclaredType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one place of a schema and of the places below it. Only places with rules have nodes.
 *
 * @param type of the values there
 * @param typeName as the schema calls it, such as {@code object}
 * @param rules in the order of the schema
 * @param properties by the names of fields
 * @param values of a map, or of a list
 * @param others that {@code allOf} adds to this place
 * @param keys by which items of a list are found again after a change; or none
 */
record RuleNode(
    DeclaredType type,
    String typeName,
    List<Rule.Compiled> rules,
    Map<String, RuleNode> properties,
    Optional<RuleNode> values,
    List<RuleNode> others,
    List<String> keys) {

  RuleNode {
    rules = List.copyOf(rules);
    properties = Map.copyOf(properties);
    others = List.copyOf(others);
    keys = List.copyOf(keys);
  }

  /** Whether there is no rule here or below. */
  boolean isEmpty() {
    return rules.isEmpty() && properties.isEmpty() && values.isEmpty() && others.isEmpty();
  }
}
