package io.kuber.admission.webhook;

import io.kuber.object.Tree;
import io.kuber.resource.custom.ConversionException;
import io.kuber.resource.custom.WebhookTarget;
import java.time.Duration;

/**
 * Asks a webhook about a write: the seam to the network, which core does not know. May be called
 * from any thread; the caller waits.
 */
@FunctionalInterface
public interface AdmissionReviews {
  /** For clusters without a network: every review fails. */
  AdmissionReviews NONE =
      (target, review, timeout) -> {
        throw new ConversionException("this cluster cannot call webhooks");
      };

  /**
   * Sends an {@code AdmissionReview} and returns the one that comes back; throws {@link
   * ConversionException}, as all calls of webhooks do, when none does in time.
   *
   * @param target where the webhook is
   * @param review a request
   * @param timeout how long it may take
   */
  Tree send(WebhookTarget target, Tree review, Duration timeout);
}
