/**
 * How kuber's own parts talk to the API: one interface, in process ({@code client.local}) or over
 * HTTP.
 *
 * <p>Controllers, the scheduler and node agents write only through a {@link
 * io.kuber.client.Client}, so that what they write takes the same way as what users write.
 */
@NullMarked
package io.kuber.client;

import org.jspecify.annotations.NullMarked;
