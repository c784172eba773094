/**
 * Ingress: requests from outside the cluster, led to the pods of Services by host and path.
 *
 * <p>Place in the flow: beside step 10. {@link io.kuber.ingress.IngressFeed} follows the API and
 * hands what {@code io.kuber.ingress.route} makes of it to {@link io.kuber.ingress.IngressServer},
 * which speaks HTTP/1.1 and HTTP/2 with clients, and HTTP/1.1 or HTTP/2 with pods. Bodies pass
 * through piece by piece and are never gathered; whoever sends faster than the other side takes is
 * not read from meanwhile.
 *
 * <p>Owner threads: everything of a client's connection, and of the connections to pods that serve
 * it, belongs to one event loop; routes and certificates are exchanged as whole immutable values.
 *
 * <p><b>Invariants:</b> what reaches a pod is framed anew and never passed on as it came, so that
 * both sides see the same requests; whatever a client or a pod can make grow or last has a limit in
 * {@link io.kuber.ingress.IngressLimits}. Start at {@link io.kuber.ingress.IngressServer}.
 */
@NullMarked
package io.kuber.ingress;

import org.jspecify.annotations.NullMarked;
