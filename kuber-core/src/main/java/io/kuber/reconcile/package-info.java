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
 */
@NullMarked
package io.kuber.reconcile;

import org.jspecify.annotations.NullMarked;
