/**
 * Who asks, and what they may do.
 *
 * <p>Step 2 of the flow makes a {@link io.kuber.access.User} from a request; everything behind it
 * only reads it.
 */
@NullMarked
package io.kuber.access;

import org.jspecify.annotations.NullMarked;
