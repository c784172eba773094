package io.kuber.scheduler.plugin;

import io.kuber.object.Tree;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.PodEntry;

/** A cordoned node takes only pods that tolerate that. */
public final class NodeUnschedulable implements Filter {
  private static final Veto CORDONED = Veto.lasting("node(s) were unschedulable");
  private static final Tree TAINT =
      Tree.of("key", "node.kubernetes.io/unschedulable", "effect", "NoSchedule");

  @Override
  public String name() {
    return "NodeUnschedulable";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    return pod.shape().tolerates(TAINT)
        ? Check.PASS
        : node -> node.isUnschedulable() ? CORDONED : null;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    return passesNow(pod, what, cluster);
  }

  @Override
  public boolean looksAtNodeOnly() {
    return true;
  }
}
