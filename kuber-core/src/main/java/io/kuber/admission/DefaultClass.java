package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Gives an object that names no class the newest of those that are marked as the default. An object
 * that names the empty class wants none, and so does a claim that selects volumes by their labels:
 * nobody makes volumes with labels, and those that are there without a class would be out of its
 * reach (upstream gives it the class, and it waits for ever).
 */
final class DefaultClass implements Admission {
  private static final Comparator<KubeObject> NEWEST =
      Comparator.comparing(KubeObject::createdAt)
          .thenComparing(KubeObject::name, Comparator.reverseOrder());

  private final ResourceType type;
  private final String field;
  private final String oldName;
  private final ResourceType classes;
  private final List<String> marks;

  /**
   * For one type of objects.
   *
   * @param field of the object's spec, which names the class
   * @param oldName the annotation that named it before there was a field
   * @param marks annotations of a class, any of which makes it the default
   */
  private DefaultClass(
      ResourceType type, String field, String oldName, ResourceType classes, List<String> marks) {
    this.type = type;
    this.field = field;
    this.oldName = oldName;
    this.classes = classes;
    this.marks = marks;
  }

  /** For claims (plugin/pkg/admission/storage/storageclass/setdefault). */
  static DefaultClass ofClaims() {
    return new DefaultClass(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        "storageClassName",
        "volume.beta.kubernetes.io/storage-class",
        Resources.STORAGE_CLASSES,
        List.of(
            "storageclass.kubernetes.io/is-default-class",
            "storageclass.beta.kubernetes.io/is-default-class"));
  }

  /** For ingresses (plugin/pkg/admission/network/defaultingressclass). */
  static DefaultClass ofIngresses() {
    return new DefaultClass(
        Resources.INGRESSES,
        "ingressClassName",
        "kubernetes.io/ingress.class",
        Resources.INGRESS_CLASSES,
        List.of("ingressclass.kubernetes.io/is-default-class"));
  }

  @Override
  public KubeObject admit(Request request) {
    KubeObject object = request.object();
    if (!request.isCreate()
        || !request.kind().type().equals(type)
        || object.spec().has(field)
        || (type.equals(Resources.PERSISTENT_VOLUME_CLAIMS) && object.spec().has("selector"))
        || object.annotations().containsKey(oldName)) {
      return object;
    }
    Optional<KubeObject> newest = Optional.empty();
    Iterator<Stored> all = request.image().scan(classes.qualifiedName(), "", null);
    while (all.hasNext()) {
      KubeObject found = all.next().object();
      if (isDefault(found)) {
        newest =
            Optional.of(
                newest.map(n -> BinaryOperator.maxBy(NEWEST).apply(n, found)).orElse(found));
      }
    }
    return newest.map(found -> object.with(found.name(), "spec", field)).orElse(object);
  }

  private boolean isDefault(KubeObject found) {
    return marks.stream()
        .anyMatch(mark -> found.annotations().getOrDefault(mark, "").equals("true"));
  }
}
