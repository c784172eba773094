package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.NodeState;

/** A score that was prepared for one pod. Valid until that pod is decided. */
@FunctionalInterface
public interface Rating {
  /** All nodes are alike. */
  Rating NONE = node -> 0;

  /** The rating of one node, higher is better. */
  long of(NodeState node);

  /** Brings the ratings of all nodes into 0 to {@link Score#MAX}, where they are not. */
  default void normalize(long[] ratings) {}
}
