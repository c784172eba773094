/**
 * Keeps an APIService for every group version that definitions of custom resources add, and the
 * condition of those that the cluster answers itself (upstream: kube-aggregator,
 * pkg/controllers/autoregister and pkg/controllers/status/local). Whether those of other servers
 * are available is found out by asking them, in {@code io.kuber.server.aggregate}.
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.apiservice.RegistrationPlanner}.
 */
@NullMarked
package io.kuber.controller.apiservice;

import org.jspecify.annotations.NullMarked;
