/**
 * A closed-loop load test for any API server of Kubernetes: so many connections, each of which
 * sends its next request when the last is answered.
 *
 * <p>Knows the server by its kubeconfig alone, so that kuber can be put beside others. Works on
 * ConfigMaps in a namespace of its own, which it deletes at the end. Start at {@link
 * io.kuber.load.ApiLoad}.
 *
 * <p><b>Threads:</b> one per connection, which owns its {@link io.kuber.load.Latencies}; the main
 * thread prints.
 */
@NullMarked
package io.kuber.load;

import org.jspecify.annotations.NullMarked;
