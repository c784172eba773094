package io.kuber.admission.webhook;

import io.kuber.api.Admission;
import io.kuber.resource.Kind;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import java.util.function.Supplier;

/**
 * The webhooks that the objects {@code MutatingWebhookConfiguration} and {@code
 * ValidatingWebhookConfiguration} name, as links of admission. For any thread.
 */
public final class AdmissionWebhooks {
  private final Configurations mutating =
      new Configurations(Resources.MUTATING_WEBHOOK_CONFIGURATIONS);
  private final Configurations validating =
      new Configurations(Resources.VALIDATING_WEBHOOK_CONFIGURATIONS);
  private final Supplier<? extends Image> images;
  private final Asking asking;

  /**
   * Webhooks of a cluster.
   *
   * @param images where configurations stand before a write is decided
   */
  public AdmissionWebhooks(Supplier<? extends Image> images, AdmissionReviews reviews) {
    this.images = images;
    this.asking = new Asking(reviews);
  }

  /**
   * The link that lets webhooks change what is written.
   *
   * @param again looks once more at what they have changed
   */
  public Admission mutating(Admission again) {
    return new Mutating(mutating, asking, again);
  }

  /** The link that lets webhooks refuse what is written. */
  public Admission validating() {
    return new Validating(validating, asking);
  }

  /** Whether a write of the kind may have to wait for a webhook. */
  public boolean concern(Kind kind, String subresource) {
    Image image = images.get();
    return mutating.hooks(image).stream()
            .anyMatch(hook -> hook.match().mayConcern(kind, subresource))
        || validating.hooks(image).stream()
            .anyMatch(hook -> hook.match().mayConcern(kind, subresource));
  }
}
