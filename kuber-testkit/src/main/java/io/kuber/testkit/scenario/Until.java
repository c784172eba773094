package io.kuber.testkit.scenario;

import java.util.Locale;

/** What a scenario waits for. */
public enum Until {
  /** All pods have been made and none waits for a node. */
  SCHEDULED,
  /** All work but Jobs has all its pods, new ones only, and they are ready. */
  AVAILABLE,
  /** The Jobs are done. */
  COMPLETE,
  /** What was deleted is gone, with all pods. */
  GONE,
  /** All nodes are ready that were not taken away. */
  NODES_READY,
  /** The cluster has noticed all nodes that were taken away. */
  NODES_LOST;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
