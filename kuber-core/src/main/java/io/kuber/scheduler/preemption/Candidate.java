package io.kuber.scheduler.preemption;

import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.List;

/**
 * A node that would take the pod if some others left.
 *
 * @param victims those who have to leave, the most important first
 * @param harm what that costs
 */
public record Candidate(NodeState node, List<PodEntry> victims, Harm harm) {
  /** Copies the list. */
  public Candidate {
    victims = List.copyOf(victims);
  }

  static Candidate of(NodeState node, List<PodEntry> victims, int violations) {
    return new Candidate(node, victims, Harm.of(victims, violations));
  }
}
