package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.PodEntry;

/** A pod that names its node goes nowhere else. */
public final class NodeName implements Filter {
  private static final Veto OTHER = Veto.lasting("node(s) didn't match the requested node name");

  @Override
  public String name() {
    return "NodeName";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    String wanted = pod.nodeName();
    return wanted.isEmpty() ? Check.PASS : node -> node.name().equals(wanted) ? null : OTHER;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    return passesNow(pod, what, cluster);
  }
}
