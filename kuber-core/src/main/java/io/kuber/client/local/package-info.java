/**
 * The client of parts that run in the same process as the API: no sockets, no bytes.
 *
 * <p>Start at {@link io.kuber.client.local.LocalClient}.
 */
@NullMarked
package io.kuber.client.local;

import org.jspecify.annotations.NullMarked;
