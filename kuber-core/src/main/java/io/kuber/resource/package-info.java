/**
 * The catalogue: which kinds there are, in which versions, and what is particular about each
 * (names, defaults, validation, what an update may change, table columns).
 *
 * <p>The pipeline of {@code io.kuber.api} is the same for every kind; all that differs stands here
 * as data and small functions. Nothing here has an owner thread. Start at {@link
 * io.kuber.resource.Resources}, the list.
 */
@NullMarked
package io.kuber.resource;

import org.jspecify.annotations.NullMarked;
