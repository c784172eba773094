package io.kuber.resource.old;

import io.kuber.object.KubeObject;
import io.kuber.resource.Conversion;

/**
 * Daemon sets that needed no selector and changed pods only once they were deleted
 * (pkg/apis/extensions/v1beta1/defaults.go); the count of template changes, which nobody needs any
 * more, is kept as the later versions keep it.
 */
final class OldDaemonSets implements Conversion {
  private static final String GENERATION = "deprecated.daemonset.template.generation";

  @Override
  public KubeObject toStored(KubeObject sent) {
    KubeObject complete =
        Template.or(Template.labelled(sent), "OnDelete", "spec", "updateStrategy", "type");
    if (!complete.spec().has("templateGeneration")) {
      return complete;
    }
    String generation = Long.toString(complete.spec().number(0, "templateGeneration"));
    return complete
        .without("spec", "templateGeneration")
        .with(generation, "metadata", "annotations", GENERATION);
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    String generation = stored.annotations().getOrDefault(GENERATION, "");
    return generation.matches("[0-9]{1,18}")
        ? stored
            .without("metadata", "annotations", GENERATION)
            .with(Long.parseLong(generation), "spec", "templateGeneration")
        : stored;
  }
}
