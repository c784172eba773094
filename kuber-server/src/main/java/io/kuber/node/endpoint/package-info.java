/**
 * The kubelet's own API, HTTPS on port 10250: pods, statistics, metrics, logs and streams of one
 * node, for whoever may ask the node itself; the API server passes on to it what comes below {@code
 * /api/v1/nodes/NAME/proxy/}.
 *
 * <p>Beside step 10 of the flow: step 1 and 2 in small. {@link io.kuber.node.endpoint.NodeGate}
 * finds out who asks and whether they may, {@link io.kuber.node.endpoint.NodeEndpoint} is the list
 * of paths (pkg/kubelet/server/server.go). Start at the latter.
 *
 * <p>No owner thread; what is answered is read from the node's published state.
 *
 * <p><b>Invariant:</b> nothing is answered to whoever shows no credentials that hold.
 */
@NullMarked
package io.kuber.node.endpoint;

import org.jspecify.annotations.NullMarked;
