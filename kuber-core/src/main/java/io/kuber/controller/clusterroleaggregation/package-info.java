/**
 * Gathers the rules of labelled ClusterRoles in those that ask for them (upstream:
 * pkg/controller/clusterroleaggregation).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.clusterroleaggregation.AggregationController}.
 */
@NullMarked
package io.kuber.controller.clusterroleaggregation;

import org.jspecify.annotations.NullMarked;
