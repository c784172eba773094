/**
 * Runs controllers: a change names the keys that it concerns, a controller plans for one key, and
 * the plan's actions go through the client.
 *
 * <p>Step 8 of the flow. One loop owns everything here: the view, the queues, the plans. Clients
 * answer on any thread and come back to the loop as tasks. Start at {@link
 * io.kuber.reconcile.Reconciler}, then {@link io.kuber.reconcile.Controller}.
 *
 * <p><b>Invariants:</b> a key is never planned again before the actions of its last plan have ended
 * and the view contains what they did, also where nobody answered ({@link
 * io.kuber.reconcile.Horizon}), so that no controller keeps expectations; every wait between two
 * attempts is bounded.
 *
 * <p><b>Invariant:</b> a process that was told to stop sends no write more ({@link
 * io.kuber.reconcile.Fence}): of a plan under way, the steps that have not begun are never done.
 * What it sent before may still take effect, also after another process has begun to lead. Then
 * these hold: an update, and a deletion, applies only to the very state, or object, that it was
 * planned from, since the store compares before it sets; a patch changes only the fields that it
 * names; and an object that is created twice, once by each, is one too many until whoever leads
 * sees it and takes it back. The new leader first waits until its view contains all that had taken
 * effect when it began.
 */
@NullMarked
package io.kuber.reconcile;

import org.jspecify.annotations.NullMarked;
