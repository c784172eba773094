package io.kuber.view;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.selector.Requirement;
import io.kuber.selector.Requirement.Operator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a pod insists on: its node selector, and its required node affinity
 * (component-helpers, scheduling/corev1/nodeaffinity).
 */
public final class NodeRequirements {
  /** Where required node affinity stands in the spec of a pod. */
  private static final String[] REQUIRED = {
    "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"
  };

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST,
          "Gt", Operator.GREATER_THAN,
          "Lt", Operator.LESS_THAN);

  private NodeRequirements() {}

  /** Whether a pod with this spec may be on the node, as far as labels and names go. */
  public static boolean allow(Tree podSpec, KubeObject node) {
    return node.labels().entrySet().containsAll(podSpec.tree("nodeSelector").texts().entrySet())
        && (podSpec.at(REQUIRED) == null || matchesSome(podSpec.tree(REQUIRED), node));
  }

  private static boolean matchesSome(Tree selector, KubeObject node) {
    return selector.items("nodeSelectorTerms").trees().stream()
        .anyMatch(term -> matches(term, node));
  }

  /** A term without conditions matches nothing. */
  private static boolean matches(Tree term, KubeObject node) {
    List<Tree> labels = term.items("matchExpressions").trees();
    List<Tree> fields = term.items("matchFields").trees();
    return !(labels.isEmpty() && fields.isEmpty())
        && labels.stream().allMatch(rule -> holds(rule, node.labels().get(rule.text("key"))))
        && fields.stream()
            .allMatch(rule -> rule.text("key").equals("metadata.name") && holds(rule, node.name()));
  }

  private static boolean holds(Tree rule, @Nullable String value) {
    Operator operator = OPERATORS.get(rule.text("operator"));
    return operator != null
        && new Requirement(rule.text("key"), operator, rule.items("values").texts()).matches(value);
  }

  /** The node whose name a pod asks for, as pods of DaemonSets do; empty when it asks for none. */
  public static String nodeNameOf(KubeObject pod) {
    return pod.spec().tree(REQUIRED).items("nodeSelectorTerms").trees().stream()
        .flatMap(term -> term.items("matchFields").trees().stream())
        .filter(rule -> rule.text("key").equals("metadata.name"))
        .filter(rule -> rule.text("operator").equals("In") && rule.items("values").size() == 1)
        .map(rule -> rule.items("values").texts().get(0))
        .findFirst()
        .orElse("");
  }
}
