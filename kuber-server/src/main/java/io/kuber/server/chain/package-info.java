/**
 * The gate: a request is identified, throttled, authenticated and authorised before anything else
 * sees it.
 *
 * <p>Step 2 of the flow. {@link io.kuber.server.chain.RequestChain} is the list of links in the
 * order in which they look at a request. No owner thread; links run on the worker that handles the
 * request.
 *
 * <p><b>Invariant:</b> a link either passes the request on or answers it, never both and never
 * neither.
 */
@NullMarked
package io.kuber.server.chain;

import org.jspecify.annotations.NullMarked;
