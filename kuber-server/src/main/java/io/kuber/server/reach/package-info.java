/**
 * The way from a server of the API to nodes on other machines: to the endpoint that each of them
 * has, over TLS, where it finds the node by its Node object and knows it by its name.
 *
 * <p>Steps 1 and 2 of the flow end here for requests to pods of such nodes. {@link
 * io.kuber.server.reach.NodeDialer} connects, {@code NodePassage} passes requests on, and {@link
 * io.kuber.server.reach.NodeReadings} asks each node from time to time, on its own loop and
 * threads, what its pods use. Start at {@link io.kuber.server.reach.NodesElsewhere}.
 *
 * <p><b>Invariant:</b> no credential of a client goes to a node: it believes this server.
 */
@NullMarked
package io.kuber.server.reach;

import org.jspecify.annotations.NullMarked;
