package io.kuber.node;

import java.time.Duration;

/** One thing that a pod's worker is to do next. */
sealed interface PodAction {
  /** Make namespaces, address and volumes. */
  record MakeSandbox() implements PodAction {}

  /** Start an instance of a container. */
  record Start(String container) implements PodAction {}

  /**
   * Ask a container to end.
   *
   * @param grace how long it may take
   * @param why as the event tells it
   */
  record Stop(String container, Duration grace, String why) implements PodAction {}

  /** End a container that has not ended although it was asked to. */
  record Kill(String container) implements PodAction {}

  /** Give the pod up for good, whatever its containers do. */
  record Fail(PodState.Verdict why) implements PodAction {}

  /** Take away namespaces, address, volumes and what is left of containers. */
  record RemoveSandbox() implements PodAction {}

  /** Delete the pod object for good. */
  record DeleteObject() implements PodAction {}
}
