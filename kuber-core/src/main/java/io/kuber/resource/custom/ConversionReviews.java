package io.kuber.resource.custom;

import io.kuber.object.Tree;

/**
 * Asks a webhook to convert objects: the seam to the network, which core does not know. May be
 * called from any thread; the caller waits.
 */
@FunctionalInterface
public interface ConversionReviews {
  /** For clusters without a network: every review fails. */
  ConversionReviews NONE =
      (target, review) -> {
        throw new ConversionException("this cluster cannot call webhooks");
      };

  /**
   * Sends a {@code ConversionReview} and returns the one that comes back; throws {@link
   * ConversionException} when none does in time.
   *
   * @param target where the webhook is
   * @param review a request
   */
  Tree send(WebhookTarget target, Tree review);
}
