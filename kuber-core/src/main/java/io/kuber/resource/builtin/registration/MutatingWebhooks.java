package io.kuber.resource.builtin.registration;

import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;

/** {@code admissionregistration.k8s.io/v1 MutatingWebhookConfiguration}. */
final class MutatingWebhooks implements KindRules {
  static final Kind KIND =
      Kind.of(Resources.MUTATING_WEBHOOK_CONFIGURATIONS, new MutatingWebhooks(), Webhooks.COLUMNS)
          .with(Trait.GENERATION)
          .strict(Webhooks.STRICT);

  private MutatingWebhooks() {}

  @Override
  public KubeObject defaulted(KubeObject configuration) {
    return Webhooks.defaulted(
        configuration, hook -> hook.withDefault("reinvocationPolicy", "Never"));
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
