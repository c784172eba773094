package io.kuber.scheduler.plugin;

import io.kuber.object.Tree;
import org.jspecify.annotations.Nullable;

/** A cordoned node takes only pods that tolerate that. */
public final class NodeUnschedulable implements Filter {
  private static final Tree TAINT =
      Tree.of("key", "node.kubernetes.io/unschedulable", "effect", "NoSchedule");

  @Override
  public @Nullable Veto veto(PodDemand pod, NodeState node) {
    return node.node().spec().isTrue("unschedulable")
            && pod.tolerations().stream().noneMatch(toleration -> toleration.covers(TAINT))
        ? Veto.of("node(s) were unschedulable")
        : null;
  }
}
