/**
 * Three servers, each a process of its own, under load, while something breaks.
 *
 * <p>Outside the flow: {@link io.kuber.testkit.fault.Servers} starts processes that open a {@code
 * RaftStore} ({@link io.kuber.testkit.fault.StoreProcess}) and drives them over their standard
 * input and output, so that what cuts the network does not cut the driver. {@link
 * io.kuber.testkit.fault.Trial} is the load and the evidence: what clients and watchers saw goes
 * through {@code io.kuber.testkit.check}.
 *
 * <p>As root every server has a network namespace of its own; otherwise they share the loopback
 * device, and tests of partitions and mounts say that they need root.
 *
 * <p><b>Invariant:</b> nothing is left behind, and what a killed test left is removed by the next.
 */
@NullMarked
package io.kuber.testkit.fault;

import org.jspecify.annotations.NullMarked;
