/**
 * Gives nodes that ask for it a block of the cluster's pod addresses (upstream:
 * pkg/controller/nodeipam).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.nodeipam.PodBlockPlanner}.
 */
@NullMarked
package io.kuber.controller.nodeipam;

import org.jspecify.annotations.NullMarked;
