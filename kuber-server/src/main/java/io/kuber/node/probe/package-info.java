/**
 * Probes: whether a container lives, has started, and is ready to be sent requests.
 *
 * <p>Side branch of step 10. {@link io.kuber.node.probe.ProbeMachine} counts results against
 * thresholds, a pure value; {@link io.kuber.node.probe.Prober} asks the container, on threads of
 * its own, and hands results to the node's loop.
 */
@NullMarked
package io.kuber.node.probe;

import org.jspecify.annotations.NullMarked;
