/**
 * Gives Services of type LoadBalancer addresses of a pool that the owner of the cluster set aside
 * (upstream: cloud-provider/controllers/service, which asks a cloud for them). Without a pool this
 * does nothing, and somebody else's balancer may do the same job.
 *
 * <p>{@link io.kuber.controller.servicelb.BalancerController} fetches, {@code BalancerPlanner}
 * decides for all Services at once, since what one has no other can get. Nothing here has state;
 * the reconciler's loop calls it. Nodes serve whatever address a Service's status names.
 *
 * <p><b>Invariant:</b> who has an address is written in the status of the Service and nowhere else:
 * a Service that is gone, or of another type now, has given its own back by that.
 *
 * <p>Start at {@link io.kuber.controller.servicelb.BalancerController}.
 */
@NullMarked
package io.kuber.controller.servicelb;

import org.jspecify.annotations.NullMarked;
