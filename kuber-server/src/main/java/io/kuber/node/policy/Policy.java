package io.kuber.node.policy;

import com.google.common.collect.ImmutableMap;
import io.kuber.selector.LabelSelector;
import java.util.List;
import java.util.Map;

/**
 * A NetworkPolicy.
 *
 * @param pods whom of its namespace it is about
 * @param rules for each direction in which its pods are closed but for what the rules allow; it
 *     says nothing of a direction that is not there
 */
public record Policy(
    String namespace, String name, LabelSelector pods, ImmutableMap<Direction, List<Rule>> rules) {
  /** With rules in any map. */
  public Policy(
      String namespace, String name, LabelSelector pods, Map<Direction, List<Rule>> rules) {
    this(namespace, name, pods, ImmutableMap.copyOf(rules));
  }

  /** Namespace and name. */
  String key() {
    return namespace + "/" + name;
  }

  boolean isAbout(Pod pod, Direction direction) {
    return rules.containsKey(direction)
        && pod.namespace().equals(namespace)
        && pods.test(pod.labels());
  }
}
