package io.kuber.testkit.report;

import io.kuber.object.KubeObject;
import io.kuber.view.Pods;
import java.util.Locale;

/** How far a pod has come, as people count pods: the phases, with Pending told apart. */
public enum Phase {
  /** It has no node. */
  PENDING,
  /** It has a node, and is not ready yet. */
  STARTING,
  /** It runs and takes traffic. */
  RUNNING,
  /** It ran, and does not take traffic now: it crashed, or its node is lost. */
  UNREADY,
  /** It came to a good end. */
  SUCCEEDED,
  /** It came to a bad end. */
  FAILED;

  static Phase of(KubeObject pod) {
    return switch (Pods.phase(pod)) {
      case "Succeeded" -> SUCCEEDED;
      case "Failed" -> FAILED;
      case "Running" -> Pods.isReady(pod) ? RUNNING : UNREADY;
      default -> Pods.nodeName(pod).isEmpty() ? PENDING : STARTING;
    };
  }

  /** Whether its containers have begun, at the latest. */
  boolean isStarted() {
    return this == RUNNING || this == SUCCEEDED;
  }

  /** The name in texts. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
