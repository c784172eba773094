/**
 * Lets requests to their seats: runs the planner of {@link io.kuber.fairness} for all requests of a
 * server. Part of step 2 of the flow, between who somebody is and what they may do.
 *
 * <p>Requests that wait hold no thread. Whoever ends a request, perhaps an event loop, only hands
 * the next one over to a loop of this package. Start at {@link io.kuber.server.fairness.Flows}.
 *
 * <p>Clients within the process (controllers, scheduler, the node of this process) ask the API
 * without passing the gate, so that they wait for nobody: they are exempt.
 */
@NullMarked
package io.kuber.server.fairness;

import org.jspecify.annotations.NullMarked;
