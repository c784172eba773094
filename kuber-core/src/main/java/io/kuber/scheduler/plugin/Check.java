package io.kuber.scheduler.plugin;

import io.kuber.scheduler.state.NodeState;
import org.jspecify.annotations.Nullable;

/** A filter that was prepared for one pod. Valid until that pod is decided. */
@FunctionalInterface
public interface Check {
  /** Takes every node. */
  Check PASS = node -> null;

  /** Why the node cannot take the pod; null when it can (called for every pair, so no Optional). */
  @Nullable Veto veto(NodeState node);

  /** No node can take the pod, and no node needs to be asked. */
  record Refusal(Veto veto) implements Check {
    @Override
    public Veto veto(NodeState node) {
      return veto;
    }
  }
}
