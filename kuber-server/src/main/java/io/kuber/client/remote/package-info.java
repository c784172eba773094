/**
 * The client of parts that run on another machine than the API: HTTPS to one of its servers.
 *
 * <p>All clients of a process share the {@link io.kuber.client.remote.ApiServers}, which know where
 * the servers are and which of them is asked; what is begun at one that breaks ends, and is begun
 * again by whoever needs it. A client's watches call their listeners on its loop, an event at a
 * time, and take the next one from the network only then. Start at {@link
 * io.kuber.client.remote.RemoteClient}.
 */
@NullMarked
package io.kuber.client.remote;

import org.jspecify.annotations.NullMarked;
