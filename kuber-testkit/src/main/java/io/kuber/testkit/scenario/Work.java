package io.kuber.testkit.scenario;

import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;

/** The kinds of work that a scenario creates. */
public enum Work {
  /** Pods that are replaced by new ones as they come. */
  DEPLOYMENT(Resources.DEPLOYMENTS, true, true),
  /** Pods with names, one after the other. */
  STATEFUL_SET(Resources.STATEFUL_SETS, true, true),
  /** A pod on each node. */
  DAEMON_SET(Resources.DAEMON_SETS, true, false),
  /** Pods that come to an end. */
  JOB(Resources.JOBS, false, false);

  private final ResourceType type;
  private final boolean rolls;
  private final boolean scales;

  Work(ResourceType type, boolean rolls, boolean scales) {
    this.type = type;
    this.rolls = rolls;
    this.scales = scales;
  }

  ResourceType type() {
    return type;
  }

  /** Whether its pods can be replaced by others. */
  boolean rolls() {
    return rolls;
  }

  /** Whether there can be more or fewer of them. */
  boolean scales() {
    return scales;
  }

  /** The kind. */
  @Override
  public String toString() {
    return type.kind();
  }
}
