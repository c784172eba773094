package io.kuber.testkit.assertj;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.testkit.history.Phrase;
import java.util.List;

/** Assertions on a node. */
public final class NodeAssert extends ResourceAssert<NodeAssert> {
  NodeAssert(Subject subject) {
    super(subject, NodeAssert.class);
  }

  /** It reports, and takes pods. */
  public NodeAssert isReady() {
    return expectOf("to be ready", node -> unless(readiness(node).equals("True"), said(node)));
  }

  /** It reports trouble, or nothing at all any more. */
  public NodeAssert isNotReady() {
    return expectOf("not to be ready", node -> unless(!readiness(node).equals("True"), said(node)));
  }

  private static String readiness(KubeObject node) {
    return Phrase.condition(node, "Ready").map(ready -> ready.text("status")).orElse("");
  }

  private static String said(KubeObject node) {
    return Phrase.condition(node, "Ready")
        .map(ready -> "it says " + Phrase.ofCondition(ready))
        .orElse("it says nothing");
  }

  /** Pods that do not tolerate that taint stay away. */
  public NodeAssert hasTaint(String key) {
    return expectOf(
        "to have the taint " + key,
        node -> {
          List<String> taints =
              node.spec().items("taints").trees().stream().map(NodeAssert::key).toList();
          return unless(
              taints.contains(key), taints.isEmpty() ? "it has none" : "it has " + taints);
        });
  }

  private static String key(Tree taint) {
    return taint.text("key");
  }

  /** It takes no new pods, as after {@code kubectl cordon}. */
  public NodeAssert isCordoned() {
    return expectOf(
        "to be cordoned", node -> unless(node.spec().isTrue("unschedulable"), "it takes pods"));
  }
}
