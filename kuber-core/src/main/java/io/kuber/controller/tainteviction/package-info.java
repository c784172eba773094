/**
 * Deletes pods that do not tolerate what happened to their node (upstream:
 * pkg/controller/tainteviction).
 *
 * <p>The reconciler's loop calls it; nothing here has state that matters. Start at {@link
 * io.kuber.controller.tainteviction.TaintEvictionPlanner}.
 */
@NullMarked
package io.kuber.controller.tainteviction;

import org.jspecify.annotations.NullMarked;
