package io.kuber.view;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;

/**
 * Which nodes a pod insists on: its node selector, and its required node affinity
 * (component-helpers, scheduling/corev1/nodeaffinity).
 */
public final class NodeRequirements {
  /** Where required node affinity stands in the spec of a pod. */
  private static final String[] REQUIRED = {
    "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"
  };

  private NodeRequirements() {}

  /** Whether a pod with this spec may be on the node, as far as labels and names go. */
  public static boolean allow(Tree podSpec, KubeObject node) {
    return node.labels().entrySet().containsAll(podSpec.tree("nodeSelector").texts().entrySet())
        && (podSpec.at(REQUIRED) == null || matchesSome(podSpec.tree(REQUIRED), node));
  }

  private static boolean matchesSome(Tree selector, KubeObject node) {
    Tree labels = node.metadata().tree("labels");
    return NodeTerm.allOf(selector.items("nodeSelectorTerms")).stream()
        .anyMatch(term -> term.matches(node.name(), labels));
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
