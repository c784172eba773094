/**
 * Clusters for tests: the whole of kuber with nodes that only pretend.
 *
 * <p>Outside the flow: it only wires. {@link io.kuber.testkit.cluster.SimulatedHalf} stands in for
 * this machine's node in a {@link io.kuber.boot.Cluster} or a {@link io.kuber.boot.Kuber}.
 */
@NullMarked
package io.kuber.testkit.cluster;

import org.jspecify.annotations.NullMarked;
