/**
 * Numbers about the server for those who watch over it, in the text format of Prometheus.
 *
 * <p>Beside step 2 of the flow: a link of the chain counts each request here, and the route {@code
 * /metrics} prints what was counted. Start at {@link io.kuber.server.metric.ServerMetrics}, the
 * list of all families, whose names and labels are those of kube-apiserver (k8s.io/apiserver,
 * pkg/endpoints/metrics). No owner thread: counting takes no lock.
 *
 * <p><b>Invariant:</b> the number of series is bounded, whatever clients ask for.
 */
@NullMarked
package io.kuber.server.metric;

import org.jspecify.annotations.NullMarked;
