/**
 * From paths to answers: resources, discovery, OpenAPI, health, version and metrics.
 *
 * <p>Between step 2 (the chain has let the request in) and step 3 (the verb): a path becomes an
 * {@code ApiRequest}, and the answer becomes bytes in the format that the client asked for. No
 * owner thread: routes hold no state but caches of documents that never change. Start at {@link
 * io.kuber.server.route.Router}, the list.
 *
 * <p><b>Invariant:</b> the store's bytes go to the client unparsed wherever the format is JSON and
 * the version is the stored one.
 */
@NullMarked
package io.kuber.server.route;

import org.jspecify.annotations.NullMarked;
