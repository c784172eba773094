package io.kuber.testkit.time;

import io.kuber.testkit.node.Behaviour;
import io.kuber.testkit.node.NodeSettings;
import java.time.Instant;

/**
 * What a cluster on virtual time is like.
 *
 * @param seed all random numbers follow from it
 * @param start the time at which the clock starts
 * @param nodes the simulated nodes
 */
public record VirtualOptions(long seed, Instant start, NodeSettings nodes) {
  /** When the clock starts unless somebody says otherwise: midnight of a Thursday. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** A cluster with so many nodes as {@link NodeSettings#of} describes. */
  public static VirtualOptions of(long seed, int nodes) {
    return new VirtualOptions(seed, START, NodeSettings.of(nodes));
  }

  /** The same with another start of the clock. */
  public VirtualOptions startingAt(Instant other) {
    return new VirtualOptions(seed, other, nodes);
  }

  /** The same with pods that behave otherwise. */
  public VirtualOptions with(Behaviour behaviour) {
    return with(nodes.with(behaviour));
  }

  /** The same with other nodes. */
  public VirtualOptions with(NodeSettings others) {
    return new VirtualOptions(seed, start, others);
  }
}
