package io.kuber.node;

import io.kuber.object.KubeObject;

/** Takes events about pods, for people who ask what happened ({@code kubectl describe}). */
@FunctionalInterface
public interface PodEvents {
  /**
   * Records an event. Never blocks, never fails: an event that cannot be recorded is dropped.
   *
   * @param container the container it is about; empty for the pod itself
   */
  void record(KubeObject pod, String container, boolean warning, String reason, String message);
}
