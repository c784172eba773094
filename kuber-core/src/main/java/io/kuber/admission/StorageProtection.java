package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.util.Map;

/**
 * Gives new claims and volumes the finalizer with which they stay for as long as they are in use
 * (plugin/pkg/admission/storage/storageobjectinuseprotection). Controllers take it away.
 */
final class StorageProtection implements Admission {
  private static final Map<ResourceType, String> FINALIZERS =
      Map.of(
          Resources.PERSISTENT_VOLUME_CLAIMS, "kubernetes.io/pvc-protection",
          Resources.PERSISTENT_VOLUMES, "kubernetes.io/pv-protection");

  @Override
  public KubeObject admit(Request request) {
    String finalizer = request.isCreate() ? FINALIZERS.get(request.kind().type()) : null;
    KubeObject object = request.object();
    if (finalizer == null) {
      return object;
    }
    Items finalizers = object.metadata().items("finalizers");
    return finalizers.contains(finalizer)
        ? object
        : object.with(finalizers.plus(finalizer), "metadata", "finalizers");
  }
}
