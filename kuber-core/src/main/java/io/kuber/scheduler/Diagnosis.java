package io.kuber.scheduler;

import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.state.NodeState;
import java.util.List;
import java.util.Set;

/**
 * Why a pod goes nowhere.
 *
 * @param message what people read
 * @param rejectedBy the filters that were against some node: what changes none of their minds
 *     cannot help the pod
 * @param open nodes that pods could leave, and then the pod might fit
 */
record Diagnosis(String message, Set<Filter> rejectedBy, List<NodeState> open) {
  Diagnosis {
    rejectedBy = Set.copyOf(rejectedBy);
    open = List.copyOf(open);
  }
}
