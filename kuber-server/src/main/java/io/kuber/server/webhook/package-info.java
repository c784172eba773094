/**
 * Calls webhooks of the cluster's users over HTTPS. Stands beside the API: core asks through {@link
 * io.kuber.resource.custom.ConversionReviews}, and waits. No owner thread; whoever asks blocks, for
 * a bounded time. Start at {@link io.kuber.server.webhook.HttpsReviews}.
 *
 * <p><b>Invariant:</b> a webhook is asked only over TLS, and only where its certificate is signed
 * by those that its configuration names.
 */
@NullMarked
package io.kuber.server.webhook;

import org.jspecify.annotations.NullMarked;
