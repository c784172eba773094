/**
 * Event loops, the clock and entropy: the only place of the core that makes threads, reads the time
 * or draws random numbers.
 *
 * <p>In production a {@link io.kuber.loop.Loop} is a thread; in simulation all loops are one queue
 * with a virtual clock, drained in an order that follows from a seed. Code that keeps to these
 * types can therefore be replayed. Start at {@link io.kuber.loop.Loops}.
 *
 * <p><b>Invariant:</b> tasks of one loop never run at the same time, and run in the order in which
 * they were handed over.
 */
@NullMarked
package io.kuber.loop;

import org.jspecify.annotations.NullMarked;
