/** Webhooks in the tests are real servers on the loopback address. */
@NullMarked
package io.kuber.server.webhook;

import org.jspecify.annotations.NullMarked;
