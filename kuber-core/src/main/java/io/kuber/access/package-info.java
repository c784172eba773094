/**
 * Who asks, and what they may do.
 *
 * <p>Step 2 of the flow makes a {@link io.kuber.access.User} from a request; everything behind it
 * only reads it. What a user may do, {@link io.kuber.access.Authorizer} knows: the gate asks it for
 * every request, and {@code io.kuber.api} for reviews. Values and pure functions without an owner
 * thread. Start at {@link io.kuber.access.Access}.
 */
@NullMarked
package io.kuber.access;

import org.jspecify.annotations.NullMarked;
