/**
 * The rules by which a node takes a pod or not, and which node is best: a class each, all alike.
 *
 * <p>Step 9 of the flow. A {@link io.kuber.scheduler.plugin.Filter} vetoes with a reason, a {@link
 * io.kuber.scheduler.plugin.Score} rates. Both are prepared once for a pod and then asked for many
 * nodes; what they answer is read from the state as it is at that moment, so that whoever tries
 * what would be if a pod left may ask again. Rules have no state of their own; they run on the
 * scheduler's loop. Start at {@link io.kuber.scheduler.plugin.Filter}.
 *
 * <p><b>Invariant:</b> when a happening turns a veto of a filter into consent, on any node, the
 * filter says that it may help: no pod waits for a node that would take it.
 */
@NullMarked
package io.kuber.scheduler.plugin;

import org.jspecify.annotations.NullMarked;
