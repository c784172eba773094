package io.kuber.resource.builtin.scheduling;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.util.List;

/** The priority classes that every cluster has (pkg/apis/scheduling/v1/helpers.go). */
public final class SystemPriorities {
  private SystemPriorities() {}

  /** The classes, the higher one first. */
  public static List<KubeObject> classes() {
    return List.of(
        of(
            "system-node-critical",
            2_000_001_000L,
            "Used for system critical pods that must not be moved from their current node."),
        of(
            "system-cluster-critical",
            2_000_000_000L,
            "Used for system critical pods that must run in the cluster, but can be moved to another"
                + " node if necessary."));
  }

  private static KubeObject of(String name, long value, String description) {
    return Resources.PRIORITY_CLASSES
        .object("", name)
        .with(value, "value")
        .with(description, "description");
  }
}
