package io.kuber.node;

import io.kuber.node.ObjectWatches.Reference;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.LinkedHashSet;
import java.util.Set;

/** The ConfigMaps and Secrets that a pod's volumes show as files. Pure. */
final class VolumeReferences {
  private VolumeReferences() {}

  static Set<Reference> of(KubeObject pod) {
    Set<Reference> references = new LinkedHashSet<>();
    for (Tree volume : pod.spec().items("volumes").trees()) {
      add(references, pod, volume, "secretName");
      for (Tree source : volume.items("projected", "sources").trees()) {
        add(references, pod, source, "name");
      }
    }
    return references;
  }

  private static void add(
      Set<Reference> references, KubeObject pod, Tree source, String secretField) {
    String map = source.text("configMap", "name");
    if (!map.isEmpty()) {
      references.add(new Reference(Resources.CONFIG_MAPS, pod.namespace(), map));
    }
    String secret = source.text("secret", secretField);
    if (!secret.isEmpty()) {
      references.add(new Reference(Resources.SECRETS, pod.namespace(), secret));
    }
  }
}
