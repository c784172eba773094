package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.view.HostPort;
import java.util.List;

/** Ports of the node itself are given once. */
public final class NodePorts implements Filter {
  private static final Veto TAKEN =
      Veto.of("node(s) didn't have free ports for the requested pod ports");

  @Override
  public String name() {
    return "NodePorts";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    List<HostPort> wanted = pod.shape().hostPorts();
    return wanted.isEmpty() ? Check.PASS : node -> anyTaken(wanted, node) ? TAKEN : null;
  }

  private static boolean anyTaken(List<HostPort> wanted, NodeState node) {
    for (HostPort port : wanted) {
      if (node.isTaken(port)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean looksAtOneNode() {
    return true;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    return what instanceof Happening.PodLeft left
        ? prepare(pod, cluster).veto(left.node()) == null
        : passesNow(pod, what, cluster);
  }
}
