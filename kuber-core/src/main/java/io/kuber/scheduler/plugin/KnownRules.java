package io.kuber.scheduler.plugin;

import org.jspecify.annotations.Nullable;

/**
 * A pod with a rule that this scheduler does not know yet stays pending and says so: better than a
 * pod in a place that its owner excluded.
 */
public final class KnownRules implements Filter {
  @Override
  public @Nullable Veto veto(PodDemand pod, NodeState node) {
    return pod.unsupported().isEmpty()
        ? null
        : Veto.of("node(s) not considered: " + pod.unsupported() + " is not supported yet");
  }
}
