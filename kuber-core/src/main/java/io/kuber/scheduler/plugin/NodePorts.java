package io.kuber.scheduler.plugin;

import org.jspecify.annotations.Nullable;

/** Ports of the node itself are given once. */
public final class NodePorts implements Filter {
  @Override
  public @Nullable Veto veto(PodDemand pod, NodeState node) {
    for (HostPort port : pod.hostPorts()) {
      if (node.isTaken(port)) {
        return Veto.of("node(s) didn't have free ports for the requested pod ports");
      }
    }
    return null;
  }
}
