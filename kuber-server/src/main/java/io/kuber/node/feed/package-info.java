/**
 * What a node follows of the cluster: pods, services and endpoints, as they change.
 *
 * <p>Place in the flow: beside step 10. {@link io.kuber.node.feed.ObjectFeed} lists and watches
 * through a {@link io.kuber.client.Client}, so that a node needs nothing of the API server but its
 * API; {@link io.kuber.node.feed.ServiceFeed} turns what it hears into rules of the service proxy
 * and names of the cluster's DNS, {@link io.kuber.node.feed.NameSettingsFeed} says whom that asks.
 * {@code ServiceView} reads a service, {@code PolicyReading} a policy, and two boards know what of
 * them changed.
 *
 * <p>Owner thread: the loop that a feed is made with.
 *
 * <p><b>Invariant:</b> nothing is handed on before everything has been listed once: a node that
 * starts must not take services away for a moment.
 */
@NullMarked
package io.kuber.node.feed;

import org.jspecify.annotations.NullMarked;
