package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.ApiException;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;

/**
 * Lets claims ask for more only where their class says that its volumes can grow
 * (plugin/pkg/admission/storage/persistentvolume/resize). The texts are those of upstream.
 */
final class ClaimResize implements Admission {
  private static final String CLASS = "volume.beta.kubernetes.io/storage-class";

  @Override
  public KubeObject admit(Request request) {
    KubeObject claim = request.object();
    KubeObject old = request.old();
    boolean isClaim =
        request.kind().type().equals(Resources.PERSISTENT_VOLUME_CLAIMS)
            && request.subresource().isEmpty();
    if (isClaim && old != null && size(claim).compareTo(size(old)) > 0) {
      check(request, claim, old);
    }
    return claim;
  }

  private static void check(Request request, KubeObject claim, KubeObject old) {
    if (!old.status().text("phase").equals("Bound")) {
      throw forbidden(request, "Only bound persistent volume claims can be expanded");
    }
    String name = className(claim);
    boolean grows = !name.isEmpty() && name.equals(className(old)) && grows(request.image(), name);
    if (!grows) {
      throw forbidden(
          request,
          "only dynamically provisioned pvc can be resized and the storageclass that provisions the"
              + " pvc must support resize");
    }
  }

  private static boolean grows(Image image, String storageClass) {
    Stored stored = image.get(Resources.STORAGE_CLASSES.key("", storageClass));
    return stored != null && stored.object().tree().isTrue("allowVolumeExpansion");
  }

  private static Quantity size(KubeObject claim) {
    return Quantity.of(claim.spec().at("resources", "requests", "storage"));
  }

  private static String className(KubeObject claim) {
    return claim.annotations().getOrDefault(CLASS, claim.spec().text("storageClassName"));
  }

  private static ApiException forbidden(Request request, String why) {
    return Failures.forbidden(request.kind().type(), request.object().name(), why);
  }
}
