/**
 * Copies Endpoints that people write by hand, for Services without a selector, into EndpointSlices,
 * which is what proxies and DNS read (upstream: pkg/controller/endpointslicemirroring).
 *
 * <p>{@link io.kuber.controller.endpointslicemirroring.MirroringController} fetches, {@link
 * io.kuber.controller.endpointslicemirroring.MirroringPlanner} decides, {@link
 * io.kuber.controller.endpointslicemirroring.Mirror} says what a slice should hold. Nothing here
 * has state; the reconciler's loop calls it.
 *
 * <p><b>Invariant:</b> one slice for each address family and set of ports, and none for Endpoints
 * that are gone.
 */
@NullMarked
package io.kuber.controller.endpointslicemirroring;

import org.jspecify.annotations.NullMarked;
