package io.kuber.resource.builtin.registration;

import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;

/** {@code admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration}. */
final class ValidatingWebhooks implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.VALIDATING_WEBHOOK_CONFIGURATIONS,
              new ValidatingWebhooks(),
              Webhooks.COLUMNS)
          .with(Trait.GENERATION)
          .strict(Webhooks.STRICT);

  private ValidatingWebhooks() {}

  @Override
  public KubeObject defaulted(KubeObject configuration) {
    return Webhooks.defaulted(configuration, hook -> hook);
  }

  @Override
  public boolean isNewGeneration(KubeObject updated, KubeObject old) {
    return Webhooks.isNewGeneration(updated, old);
  }

  @Override
  public void check(KubeObject configuration, Problems problems) {
    Webhooks.check(configuration, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }
}
