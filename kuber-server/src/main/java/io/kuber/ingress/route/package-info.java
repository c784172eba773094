/**
 * Where a request goes that came in from outside: Ingresses, pure.
 *
 * <p>Place in the flow: beside step 10. {@link io.kuber.ingress.route.RoutePlanner} makes a {@link
 * io.kuber.ingress.route.RouteTable} from what the API holds; {@code io.kuber.ingress} asks it for
 * each request. The rules of matching are those of networking.k8s.io/v1
 * (pkg/apis/networking/types.go and the page "Ingress" of Kubernetes' documentation).
 *
 * <p>Owner threads: none, all values are immutable.
 *
 * <p><b>Invariant:</b> an Ingress leads to Services of its own namespace only. Start at {@link
 * io.kuber.ingress.route.RoutePlanner}.
 */
@NullMarked
package io.kuber.ingress.route;

import org.jspecify.annotations.NullMarked;
