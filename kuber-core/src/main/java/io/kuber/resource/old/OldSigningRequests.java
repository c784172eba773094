package io.kuber.resource.old;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;

/**
 * Certificate signing requests that named neither signer nor usages
 * (pkg/apis/certificates/v1beta1/defaults.go).
 */
final class OldSigningRequests implements Conversion {
  private static final Items USAGES = Items.of("digital signature", "key encipherment");

  @Override
  public KubeObject toStored(KubeObject sent) {
    KubeObject signed = Template.or(sent, "kubernetes.io/legacy-unknown", "spec", "signerName");
    KubeObject used = Template.or(signed, USAGES, "spec", "usages");
    Items conditions = used.status().items("conditions");
    for (int i = 0; i < conditions.size(); i++) {
      Tree condition = conditions.tree(i);
      if (!condition.has("status")) {
        conditions = conditions.with(i, condition.with("status", "True"));
      }
    }
    return conditions.isEmpty() ? used : used.with(conditions, "status", "conditions");
  }
}
