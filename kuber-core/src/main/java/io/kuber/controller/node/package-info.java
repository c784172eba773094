/**
 * Tells nodes that no longer report from those that do, and taints them (upstream:
 * pkg/controller/nodelifecycle).
 *
 * <p>The reconciler's loop calls it, and owns the one state here: which nodes people have been told
 * of. Start at {@link io.kuber.controller.node.NodePlanner}.
 */
@NullMarked
package io.kuber.controller.node;

import org.jspecify.annotations.NullMarked;
