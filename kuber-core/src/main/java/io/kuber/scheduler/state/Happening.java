package io.kuber.scheduler.state;

import io.kuber.store.Stored;
import org.jspecify.annotations.Nullable;

/** Something that may let a pod in that found no node before. The state has it already. */
public sealed interface Happening {
  /** The node it happened to; null where it happened to none. */
  @Nullable NodeState node();

  /** A node is new, or came to have other labels, taints, amounts or images. */
  record NodeCame(NodeState node) implements Happening {}

  /** A node is gone; this is its last state. */
  record NodeLeft(NodeState node) implements Happening {}

  /** A pod counts on a node from now on. */
  record PodCame(PodEntry pod, NodeState node) implements Happening {}

  /** A pod counts on a node no more, or in part: it stops, or lost its nomination. */
  record PodLeft(PodEntry pod, NodeState node) implements Happening {}

  /** Some other object changed; {@code after} is null when it is gone. */
  record ObjectChanged(String resource, @Nullable Stored before, @Nullable Stored after)
      implements Happening {
    @Override
    public @Nullable NodeState node() {
      return null;
    }
  }
}
