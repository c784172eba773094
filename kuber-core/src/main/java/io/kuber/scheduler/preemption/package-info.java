/**
 * Which pods have to go so that a more important one finds a node.
 *
 * <p>Step 9 of the flow, after every node said no. Pure but for the state that it is given: it
 * takes pods off their node, asks the rules again, and puts them back before it answers. Runs on
 * the scheduler's loop. Start at {@link io.kuber.scheduler.preemption.Preemption}.
 *
 * <p><b>Invariant:</b> no victim has the priority of the pod that it makes room for, or a higher
 * one, and the state afterwards is the state before.
 */
@NullMarked
package io.kuber.scheduler.preemption;

import org.jspecify.annotations.NullMarked;
