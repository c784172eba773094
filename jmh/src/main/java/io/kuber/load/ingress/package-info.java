/**
 * Requests through kuber's ingress, and through nginx in front of the same server.
 *
 * <p>Start at {@link io.kuber.load.ingress.IngressLoad}.
 *
 * <p><b>Threads:</b> one per connection, which owns its {@link io.kuber.load.Latencies}; the main
 * thread prints.
 */
@NullMarked
package io.kuber.load.ingress;

import org.jspecify.annotations.NullMarked;
