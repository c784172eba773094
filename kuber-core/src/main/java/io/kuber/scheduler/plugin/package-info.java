/**
 * The rules by which a node takes a pod or not, and which node is best: a class each, all alike.
 *
 * <p>Step 9 of the flow. A {@link io.kuber.scheduler.plugin.Filter} vetoes with a reason, a {@link
 * io.kuber.scheduler.plugin.Score} rates. Plugins have no state; node states belong to the
 * scheduler's loop. Start at {@link io.kuber.scheduler.plugin.Filter}.
 */
@NullMarked
package io.kuber.scheduler.plugin;

import org.jspecify.annotations.NullMarked;
