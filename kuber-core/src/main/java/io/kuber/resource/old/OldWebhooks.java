package io.kuber.resource.old;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;

/**
 * Webhook configurations that could leave out nearly all
 * (pkg/apis/admissionregistration/v1beta1/defaults.go).
 */
final class OldWebhooks implements Conversion {
  private static final Tree DEFAULTS =
      Tree.builder()
          .put("failurePolicy", "Ignore")
          .put("matchPolicy", "Exact")
          .put("sideEffects", "Unknown")
          .put("timeoutSeconds", 30L)
          .put("admissionReviewVersions", Items.of("v1beta1"))
          .build();

  @Override
  public KubeObject toStored(KubeObject sent) {
    Items webhooks = sent.tree().items("webhooks");
    for (int i = 0; i < webhooks.size(); i++) {
      webhooks = webhooks.with(i, complete(webhooks.tree(i)));
    }
    return webhooks.isEmpty() ? sent : sent.with(webhooks, "webhooks");
  }

  private static Tree complete(Tree webhook) {
    Tree complete = webhook;
    for (int i = 0; i < DEFAULTS.size(); i++) {
      if (!complete.has(DEFAULTS.nameAt(i))) {
        complete = complete.with(DEFAULTS.nameAt(i), DEFAULTS.valueAt(i));
      }
    }
    return complete;
  }
}
