package io.kuber.scheduler.plugin;

import io.kuber.object.Tree;
import io.kuber.selector.Requirement;
import io.kuber.selector.Requirement.Operator;
import java.util.Map;

/** One term of a node selector: labels and fields that a node must have. */
final class NodeSelectorTerm {
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST,
          "Gt", Operator.GREATER_THAN,
          "Lt", Operator.LESS_THAN);

  private NodeSelectorTerm() {}

  /** A term without conditions matches nothing, as upstream has it. */
  static boolean matches(Tree term, NodeState node) {
    var labels = term.items("matchExpressions").trees();
    var fields = term.items("matchFields").trees();
    if (labels.isEmpty() && fields.isEmpty()) {
      return false;
    }
    return labels.stream()
            .allMatch(rule -> holds(rule, node.labels().text(rule.text("key")), node.labels()))
        && fields.stream().allMatch(rule -> holds(rule, node.name(), Tree.of("metadata.name", "")));
  }

  private static boolean holds(Tree rule, String value, Tree present) {
    Operator operator = OPERATORS.get(rule.text("operator"));
    if (operator == null) {
      return false;
    }
    return new Requirement(rule.text("key"), operator, rule.items("values").texts())
        .matches(present.has(rule.text("key")) ? value : null);
  }
}
