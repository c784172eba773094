/**
 * Who goes first when more is asked of the API than it can do at a time: the planner of priority
 * and fairness ({@code flowcontrol.apiserver.k8s.io}). A request matches one flow schema, which
 * leads to one priority level; a level has a number of seats, and queues of requests that wait for
 * one.
 *
 * <p>Values and functions alone, which read no clock and hold no lock: {@code server.fairness} runs
 * them. Start at {@link io.kuber.fairness.FlowConfig}, what the objects say, and {@link
 * io.kuber.fairness.LevelQueues}, who goes next.
 *
 * <p><b>Invariant:</b> nobody waits in a level while the one whose turn it is would find seats.
 */
@NullMarked
package io.kuber.fairness;

import org.jspecify.annotations.NullMarked;
