package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.PodEntry;
import java.util.Optional;
import java.util.Set;

/** A rule that a node must keep to take a pod. */
public interface Filter {
  /** The name, as it stands in messages. */
  String name();

  /** The rule for one pod; {@link Check#PASS} where it has nothing to say about it. */
  Check prepare(PodEntry pod, ClusterState cluster);

  /**
   * Whether something that happened may let in the pod that this filter kept out: false only when
   * it turned none of the filter's vetoes into consent.
   */
  boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster);

  /** Whether the answer follows from the pod's shape and the node itself, whatever its pods. */
  default boolean looksAtNodeOnly() {
    return false;
  }

  /** Whether the answer follows from the pod and the node that is asked about, with its pods. */
  default boolean looksAtOneNode() {
    return looksAtNodeOnly();
  }

  /** Whether the answer may depend on the pod's volumes, which are no part of its shape. */
  default boolean looksAtVolumes() {
    return false;
  }

  /** The names of the only nodes that can pass; empty when any may. */
  default Optional<Set<String>> only(PodEntry pod) {
    return Optional.empty();
  }

  /** Whether it happened to a node, and this filter has nothing against that node now. */
  default boolean passesNow(PodEntry pod, Happening what, ClusterState cluster) {
    return what instanceof Happening.NodeCame came
        && prepare(pod, cluster).veto(came.node()) == null;
  }
}
