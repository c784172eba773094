/**
 * Tells nodes that no longer report from those that do, and taints them (upstream:
 * pkg/controller/nodelifecycle).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.node.NodePlanner}.
 */
@NullMarked
package io.kuber.controller.node;

import org.jspecify.annotations.NullMarked;
