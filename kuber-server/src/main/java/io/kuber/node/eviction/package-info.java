/**
 * Node-pressure eviction: which pod has to go when the machine runs short of memory, disk or
 * process numbers, and when one takes more of the disk than it may (pkg/kubelet/eviction).
 *
 * <p>Beside step 10 of the flow. {@link io.kuber.node.eviction.EvictionPlanner} decides, a pure
 * function of what was measured, of the pressures so far and the time; {@link
 * io.kuber.node.eviction.Evictions} carries out what it says and tells the conditions of the node.
 * Start at the former.
 *
 * <p>Owner thread: a loop of its own owns what {@code Evictions} remembers.
 *
 * <p><b>Invariants:</b> under pressure one pod goes at a time, and the next one only once that is
 * gone; a critical pod never goes.
 */
@NullMarked
package io.kuber.node.eviction;

import org.jspecify.annotations.NullMarked;
