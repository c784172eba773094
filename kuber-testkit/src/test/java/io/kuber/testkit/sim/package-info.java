/**
 * Several servers in one thread and virtual time: everything above the log is real, the log is a
 * model that loses, delays, repeats and reorders what it is given, and whose leaders come and go.
 *
 * <p>Outside the flow. All that happens follows from one seed, which a failure prints and {@code
 * -Dseed=N} repeats. What clients and watchers saw is judged by {@code io.kuber.testkit.check}.
 * Start at {@link io.kuber.testkit.sim.Simulation}.
 *
 * <p><b>Invariant:</b> one thread, one seed; nothing here reads a real clock.
 */
@NullMarked
package io.kuber.testkit.sim;

import org.jspecify.annotations.NullMarked;
