package io.kuber.scheduler.preemption;

import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.Comparator;
import java.util.List;

/**
 * A node that would take the pod if some others left.
 *
 * @param victims those who have to leave, the most important first
 * @param violations how many of them a disruption budget protects
 */
public record Candidate(NodeState node, List<PodEntry> victims, int violations) {
  /** Priorities below zero must not make many victims look cheap. */
  private static final long ABOVE_ALL_NEGATIVE = 1L << 31;

  /**
   * Best first: fewest violations, least important first victim, least sum of priorities, fewest
   * victims, the most important victims that started last (upstream: pickOneNodeForPreemption).
   */
  static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingInt(Candidate::violations)
          .thenComparingLong(Candidate::highestPriority)
          .thenComparingLong(Candidate::sumOfPriorities)
          .thenComparingInt(candidate -> candidate.victims().size())
          .thenComparing(Candidate::earliestStart, Comparator.reverseOrder());

  /** Copies the list. */
  public Candidate {
    victims = List.copyOf(victims);
  }

  private long highestPriority() {
    return victims.isEmpty() ? Long.MIN_VALUE : victims.get(0).priority();
  }

  private long sumOfPriorities() {
    return victims.stream().mapToLong(victim -> victim.priority() + ABOVE_ALL_NEGATIVE).sum();
  }

  /** When the first of the most important victims started. */
  private String earliestStart() {
    return victims.stream()
        .filter(victim -> victim.priority() == highestPriority())
        .map(PodEntry::startTime)
        .min(Comparator.naturalOrder())
        .orElse("");
  }
}
