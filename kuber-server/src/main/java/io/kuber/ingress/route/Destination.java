package io.kuber.ingress.route;

import java.util.Optional;

/**
 * Where a rule leads.
 *
 * @param ingress who says so, as {@code namespace/name}
 * @param backend what serves; its list of places may be empty
 * @param rewrite what becomes of the path on the way; empty leaves it as it is
 * @param redirects whether a request without TLS is sent to the same address with TLS
 */
public record Destination(
    String ingress, Backend backend, Optional<Rewrite> rewrite, boolean redirects) {}
