/**
 * Gives every pending pod a node.
 *
 * <p>Step 9 of the flow. {@link io.kuber.scheduler.SchedulerLoop} runs one {@link
 * io.kuber.scheduler.Term} after the other; in a term {@link io.kuber.scheduler.Intake} takes
 * changes in, {@link io.kuber.scheduler.PodQueue} says whose turn it is, {@link
 * io.kuber.scheduler.Cycle} has {@link io.kuber.scheduler.Placement} decide by the rules that
 * {@link io.kuber.scheduler.DefaultProfile} lists, and {@link io.kuber.scheduler.Writes} carries
 * out. One loop owns all but the writes, which have a loop of their own.
 *
 * <p><b>Invariant:</b> a pod counts on its node from the decision on, not from its binding on: two
 * pods never get the same room.
 *
 * <p><b>Invariant:</b> every pending pod of ours is in the queue or is being bound.
 */
@NullMarked
package io.kuber.scheduler;

import org.jspecify.annotations.NullMarked;
