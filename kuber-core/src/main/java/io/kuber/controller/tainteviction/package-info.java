/**
 * Deletes pods that do not tolerate what happened to their node (upstream:
 * pkg/controller/tainteviction).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.tainteviction.TaintEvictionPlanner}.
 */
@NullMarked
package io.kuber.controller.tainteviction;

import org.jspecify.annotations.NullMarked;
