/**
 * What happened in a cluster: every request with its answer, and every change of every object, in a
 * bounded memory that can be asked.
 *
 * <p>Beside the flow: {@link io.kuber.testkit.history.History}, where to start, follows the store
 * (step 6) and is told of requests where they are answered (steps 1 and 3). {@code Diff} compares
 * two moments, {@code Timeline} tells people what happened. Nothing is parsed before somebody asks.
 *
 * <p>Owner threads: the history is written by the store's thread and by those that answer requests,
 * under its own lock; all else is values.
 *
 * <p><b>Invariants:</b> entries have the order in which they happened; memory is bounded by {@code
 * MAX_CHANGES}, {@code MAX_BYTES} and {@code MAX_REQUESTS}, and the oldest entries go first;
 * renewals of leases, of which there is no end, are not kept.
 */
@NullMarked
package io.kuber.testkit.history;

import org.jspecify.annotations.NullMarked;
