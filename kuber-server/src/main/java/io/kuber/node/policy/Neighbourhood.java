package io.kuber.node.policy;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/**
 * All that decides what the pods of a node may do.
 *
 * @param node the node's name
 * @param namespaces their labels, by name
 * @param pods of all nodes
 */
public record Neighbourhood(
    String node,
    ImmutableMap<String, Map<String, String>> namespaces,
    List<Pod> pods,
    List<Policy> policies) {
  public Neighbourhood {
    pods = List.copyOf(pods);
    policies = List.copyOf(policies);
  }

  /** With namespaces in any map. */
  public Neighbourhood(
      String node,
      Map<String, Map<String, String>> namespaces,
      List<Pod> pods,
      List<Policy> policies) {
    this(node, ImmutableMap.copyOf(namespaces), pods, policies);
  }
}
