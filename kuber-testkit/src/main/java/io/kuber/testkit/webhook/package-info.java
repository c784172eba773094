/**
 * Webhooks of a test: admission and conversion as lambdas, within the process or over HTTPS.
 *
 * <p>Outside the flow, beside step 4: {@link io.kuber.testkit.webhook.Webhooks} makes the objects
 * that tell the cluster of a webhook, and answers the reviews that it then sends. Reviews to
 * lambdas take no port; those that the test wants over HTTPS, or has a configuration of its own
 * for, come to a port of this machine. Start at {@code Webhooks}.
 *
 * <p>Owner threads: reviews come on the threads of those who write, several at once.
 *
 * <p><b>Invariant:</b> the cluster learns of a webhook by what is stored, as with any other, so
 * that setting the cluster back takes webhooks away or brings them back.
 */
@NullMarked
package io.kuber.testkit.webhook;

import org.jspecify.annotations.NullMarked;
