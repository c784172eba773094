package io.kuber.scheduler.plugin;

import org.jspecify.annotations.Nullable;

/** A pod that names its node goes nowhere else. */
public final class NodeName implements Filter {
  @Override
  public @Nullable Veto veto(PodDemand pod, NodeState node) {
    String wanted = pod.pod().spec().text("nodeName");
    return wanted.isEmpty() || wanted.equals(node.name())
        ? null
        : Veto.of("node(s) didn't match the requested node name");
  }
}
