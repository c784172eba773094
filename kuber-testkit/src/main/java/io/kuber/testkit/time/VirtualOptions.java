package io.kuber.testkit.time;

import io.kuber.testkit.node.Behaviour;
import io.kuber.testkit.node.NodeSettings;
import java.time.Instant;
import java.util.List;

/**
 * What a cluster on virtual time is like.
 *
 * @param seed all random numbers follow from it
 * @param start the time at which the clock starts
 * @param nodes the groups of simulated nodes
 */
public record VirtualOptions(long seed, Instant start, List<NodeSettings> nodes) {
  /** When the clock starts unless somebody says otherwise: midnight of a Thursday. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Copies the groups. */
  public VirtualOptions {
    nodes = List.copyOf(nodes);
  }

  /** A cluster with so many nodes as {@link NodeSettings#of} describes. */
  public static VirtualOptions of(long seed, int nodes) {
    return new VirtualOptions(seed, START, List.of(NodeSettings.of(nodes)));
  }

  /** The same with another start of the clock. */
  public VirtualOptions startingAt(Instant other) {
    return new VirtualOptions(seed, other, nodes);
  }

  /** The same with pods that behave otherwise, on all nodes. */
  public VirtualOptions with(Behaviour behaviour) {
    return new VirtualOptions(
        seed, start, nodes.stream().map(group -> group.with(behaviour)).toList());
  }

  /** The same with other groups of nodes. */
  public VirtualOptions with(NodeSettings... groups) {
    return new VirtualOptions(seed, start, List.of(groups));
  }
}
