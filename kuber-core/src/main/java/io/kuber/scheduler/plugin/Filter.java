package io.kuber.scheduler.plugin;

import org.jspecify.annotations.Nullable;

/** A rule that a node must keep to take a pod. */
@FunctionalInterface
public interface Filter {
  /** Why the node cannot take the pod; null when it can (called for every pair, so no Optional). */
  @Nullable Veto veto(PodDemand pod, NodeState node);
}
