/**
 * Lists, for every Service with a selector, its pods in EndpointSlices of at most a hundred
 * (upstream: pkg/controller/endpointslice).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.endpointslice.EndpointSlicePlanner}.
 */
@NullMarked
package io.kuber.controller.endpointslice;

import org.jspecify.annotations.NullMarked;
