package io.kuber.node;

import io.kuber.node.eviction.Pressure;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What others than the agent know of the node, for its status.
 *
 * @param pressures what it is short of
 * @param port where it answers requests; none where it does not
 */
public record NodeReport(Set<Pressure> pressures, OptionalInt port) {
  /** A node that lacks nothing and cannot be asked. */
  public static final NodeReport NONE = new NodeReport(Set.of(), OptionalInt.empty());

  /** Copies the set. */
  public NodeReport {
    pressures = Set.copyOf(pressures);
  }
}
