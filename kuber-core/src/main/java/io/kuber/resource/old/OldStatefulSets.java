package io.kuber.resource.old;

import io.kuber.object.KubeObject;
import io.kuber.resource.Conversion;

/**
 * Stateful sets that needed no selector and changed pods only once they were deleted
 * (pkg/apis/apps/v1beta1/defaults.go).
 */
final class OldStatefulSets implements Conversion {
  @Override
  public KubeObject toStored(KubeObject sent) {
    return Template.or(Template.labelled(sent), "OnDelete", "spec", "updateStrategy", "type");
  }
}
