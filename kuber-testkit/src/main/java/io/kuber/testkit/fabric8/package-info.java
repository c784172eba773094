/**
 * fabric8's KubernetesClient on a cluster in the same process: an implementation of its HTTP
 * transport that hands requests to kuber's request chain, and watches and exec sessions as the
 * streams and WebSockets that the chain itself works with.
 *
 * <p>Outside the flow: it stands where the network would, in front of step 1. No owner thread:
 * answers come on the threads of {@link io.kuber.http.LocalServer}, where callers of fabric8 may
 * block. Start at {@link io.kuber.testkit.fabric8.Fabric8}.
 *
 * <p><b>Invariant:</b> fabric8 is an optional dependency, and nothing else in kuber names it.
 */
@NullMarked
package io.kuber.testkit.fabric8;

import org.jspecify.annotations.NullMarked;
