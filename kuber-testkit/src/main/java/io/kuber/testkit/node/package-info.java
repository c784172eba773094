/**
 * Simulated nodes: they register, renew leases and run pods by made-up stages, without a container
 * anywhere.
 *
 * <p>One loop owns all nodes, so that thousands of them fit into one thread, and a simulation
 * replays from its seed. Start at {@link io.kuber.testkit.node.SimulatedNodes}; the life of a pod
 * is the list in {@link io.kuber.testkit.node.stage.DefaultStages}, or what {@link
 * io.kuber.testkit.node.Behaviour} says.
 *
 * <p><b>Invariant:</b> all that a simulated node learns of the cluster, and all that the cluster
 * learns of it, comes through the client, as with a real one.
 */
@NullMarked
package io.kuber.testkit.node;

import org.jspecify.annotations.NullMarked;
