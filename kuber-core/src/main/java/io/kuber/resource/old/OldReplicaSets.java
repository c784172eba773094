package io.kuber.resource.old;

import io.kuber.object.KubeObject;
import io.kuber.resource.Conversion;

/** Replica sets that needed no selector (pkg/apis/extensions/v1beta1/defaults.go). */
final class OldReplicaSets implements Conversion {
  @Override
  public KubeObject toStored(KubeObject sent) {
    return Template.labelled(sent);
  }
}
