/**
 * The state of the cluster and the only way to change it: image + command -> image', delta,
 * outcome.
 *
 * <p>{@link io.kuber.store.StoreMachine} is the pure machine. {@link io.kuber.store.LocalStore}
 * runs it in memory; {@code io.kuber.raft.RaftStore} runs it behind a replicated log. An {@link
 * io.kuber.store.Image} is a persistent map: whoever holds one has a consistent snapshot for as
 * long as they like, without a lock and without a copy.
 *
 * <p>Owner thread: the one that applies (a loop, or the log's applier). Everybody else reads images
 * and receives deltas. Start at {@link io.kuber.store.Store}.
 *
 * <p><b>Invariants:</b> the revision is one counter for all resources and grows by one with every
 * applied command; the machine reads no clock and draws no random numbers, so that replaying the
 * same commands gives the same image; values are bytes that it never looks into.
 */
@NullMarked
package io.kuber.store;

import org.jspecify.annotations.NullMarked;
