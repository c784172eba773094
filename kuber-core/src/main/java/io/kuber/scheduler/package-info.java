/**
 * Gives every pending pod a node.
 *
 * <p>Step 9 of the flow. {@link io.kuber.scheduler.SchedulerLoop} takes pods from its queue and
 * binds them; {@link io.kuber.scheduler.Placement} decides, by the rules that {@link
 * io.kuber.scheduler.DefaultProfile} lists. One loop owns everything.
 *
 * <p><b>Invariant:</b> a pod counts on its node from the decision on, not from its binding on: two
 * pods never get the same room.
 */
@NullMarked
package io.kuber.scheduler;

import org.jspecify.annotations.NullMarked;
