package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Gives a claim that names no class the newest of those that are marked as the default
 * (plugin/pkg/admission/storage/storageclass/setdefault). A claim that names the empty class wants
 * none.
 */
final class DefaultStorageClass implements Admission {
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
  private static final String OLD_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";
  private static final String OLD_NAME = "volume.beta.kubernetes.io/storage-class";

  private static final Comparator<KubeObject> NEWEST =
      Comparator.comparing(KubeObject::createdAt)
          .thenComparing(KubeObject::name, Comparator.reverseOrder());

  @Override
  public KubeObject admit(Request request) {
    KubeObject claim = request.object();
    if (!request.isCreate()
        || !request.kind().type().equals(Resources.PERSISTENT_VOLUME_CLAIMS)
        || claim.spec().has("storageClassName")
        || claim.annotations().containsKey(OLD_NAME)) {
      return claim;
    }
    Optional<KubeObject> newest = Optional.empty();
    Iterator<Stored> classes =
        request.image().scan(Resources.STORAGE_CLASSES.qualifiedName(), "", null);
    while (classes.hasNext()) {
      KubeObject found = classes.next().object();
      if (isDefault(found)) {
        newest =
            Optional.of(
                newest.map(n -> BinaryOperator.maxBy(NEWEST).apply(n, found)).orElse(found));
      }
    }
    return newest.map(found -> claim.with(found.name(), "spec", "storageClassName")).orElse(claim);
  }

  private static boolean isDefault(KubeObject storageClass) {
    return storageClass.annotations().getOrDefault(DEFAULT, "").equals("true")
        || storageClass.annotations().getOrDefault(OLD_DEFAULT, "").equals("true");
  }
}
