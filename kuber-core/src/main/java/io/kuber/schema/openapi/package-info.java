/**
 * The OpenAPI documents of the server: version 2 as JSON and as gnostic's protobuf, version 3 per
 * group and version.
 *
 * <p>Clients read them to validate manifests, to explain fields and to find out how lists merge and
 * which parameters a verb has. Made from the {@link io.kuber.schema.Schemas schema} and the list of
 * {@link io.kuber.schema.openapi.ServedResource served resources}, when they are first asked for.
 * Values without an owner thread. Start at {@link io.kuber.schema.openapi.OpenApi}.
 *
 * <p><b>Invariant:</b> the same resources give the same bytes and the same hash.
 */
@NullMarked
package io.kuber.schema.openapi;

import org.jspecify.annotations.NullMarked;
