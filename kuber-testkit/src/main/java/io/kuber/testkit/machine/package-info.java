/**
 * The machines of those who use a cluster under test, such as operators: each with a clock of its
 * own, which may be wrong.
 *
 * <p>Outside the flow, in front of step 1: what runs there asks the API like any client, and
 * chooses the times that it writes. The API judges tokens and certificates by its own clock, and
 * whoever watches over leases by the moments at which he sees them renewed. Start at {@link
 * io.kuber.testkit.machine.Machines}.
 *
 * <p>No owner thread: a machine runs nothing by itself.
 */
@NullMarked
package io.kuber.testkit.machine;

import org.jspecify.annotations.NullMarked;
