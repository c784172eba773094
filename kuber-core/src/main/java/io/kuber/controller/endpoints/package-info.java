/**
 * Lists, for every Service with a selector, the addresses of its pods in an Endpoints object
 * (upstream: pkg/controller/endpoint).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.endpoints.EndpointsPlanner}.
 */
@NullMarked
package io.kuber.controller.endpoints;

import org.jspecify.annotations.NullMarked;
