package io.kuber.scheduler.preemption;

import io.kuber.scheduler.state.PodEntry;
import java.util.Comparator;
import java.util.List;

/**
 * What victims cost, in the order in which it counts (upstream: pickOneNodeForPreemption).
 *
 * @param violations how many of them a disruption budget protects
 * @param highestPriority that of the most important one
 * @param priorities the sum over all, each lifted above zero
 * @param victims how many they are
 * @param earliestStart when the first of the most important ones started
 */
public record Harm(
    int violations, long highestPriority, long priorities, int victims, String earliestStart) {
  /** Priorities below zero must not make many victims look cheap. */
  private static final long ABOVE_ALL_NEGATIVE = 1L << 31;

  private static final Comparator<Harm> LEAST_FIRST =
      Comparator.comparingInt(Harm::violations)
          .thenComparingLong(Harm::highestPriority)
          .thenComparingLong(Harm::priorities)
          .thenComparingInt(Harm::victims)
          .thenComparing(Harm::earliestStart, Comparator.reverseOrder());

  /** The harm to victims, the most important of whom is the first. */
  static Harm of(List<PodEntry> victims, int violations) {
    long highest = victims.isEmpty() ? Long.MIN_VALUE : victims.get(0).priority();
    return new Harm(
        violations,
        highest,
        victims.stream().mapToLong(victim -> victim.priority() + ABOVE_ALL_NEGATIVE).sum(),
        victims.size(),
        victims.stream()
            .filter(victim -> victim.priority() == highest)
            .map(PodEntry::startTime)
            .min(Comparator.naturalOrder())
            .orElse(""));
  }

  boolean isLessThan(Harm other) {
    return LEAST_FIRST.compare(this, other) < 0;
  }
}
