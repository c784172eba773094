/**
 * The streaming protocols of Kubernetes: exec, attach, port-forward and logs, between a client's
 * exchange and the {@link io.kuber.api.NodeGateway} behind it.
 *
 * <p>Clients come with WebSocket (channels in messages), with SPDY/3.1 (a stream per channel), or
 * with SPDY inside a WebSocket; nodes offer blocking streams. Start at {@link
 * io.kuber.server.tunnel.Tunnels}.
 *
 * <p>Owner threads: a session has a thread of its own, and one more for every further direction in
 * which bytes flow; together they are at most {@link io.kuber.server.tunnel.Tunnels#THREADS}.
 *
 * <p><b>Invariants:</b> bytes wait in bounded memory only, so a slow reader on either side slows
 * the other down; when one side is gone, the other is closed.
 */
@NullMarked
package io.kuber.server.tunnel;

import org.jspecify.annotations.NullMarked;
