package io.kuber.controller.podautoscaler;

import io.kuber.object.Tree;

/** What one metric asks for. */
sealed interface Proposal {
  /**
   * So many replicas.
   *
   * @param metric how events call it
   * @param status how it stands, for {@code status.currentMetrics}
   */
  record Count(long replicas, String metric, Tree status) implements Proposal {
    /** Why the scale leaves {@code current}; nothing where an earlier proposal is followed. */
    String why(long current) {
      if (replicas == current) {
        return "";
      }
      return replicas > current ? metric + " above target" : "All metrics below target";
    }
  }

  /**
   * Nothing, since it cannot be known.
   *
   * @param reason of the event and the condition
   * @param cause what went wrong
   * @param whole what went wrong, and with which metric
   */
  record Failure(String reason, String cause, String whole) implements Proposal {}
}
