/**
 * A whole cluster on virtual time: API, controllers, scheduler and simulated nodes in one thread,
 * and a clock that moves when the test says so.
 *
 * <p>Outside the flow: it wires {@link io.kuber.boot.Kuber} to {@link
 * io.kuber.loop.SimulatedLoops}, drives the clock, and writes down what happened. Owned by the
 * thread of the test, which runs everything. Start at {@link io.kuber.testkit.time.VirtualCluster}.
 *
 * <p><b>Invariant:</b> nothing happens between two calls of the test, and all that happens follows
 * from the seed and from what the test asked for.
 */
@NullMarked
package io.kuber.testkit.time;

import org.jspecify.annotations.NullMarked;
