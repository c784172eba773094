package io.kuber.admission.policy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.Iterator;
import java.util.Optional;

/** The kind of the objects that parametrise a policy. */
record ParamKind(String apiVersion, String kind) {
  static ParamKind of(Tree tree) {
    return new ParamKind(tree.text("apiVersion"), tree.text("kind"));
  }

  /**
   * A resource whose objects are of the kind.
   *
   * @param qualifiedName under which the store has them
   */
  record Found(String qualifiedName, boolean isNamespaced) {}

  /** The resource, built in or custom. */
  Optional<Found> in(Image image) {
    return Resources.ALL.stream()
        .filter(type -> type.kind().equals(kind) && type.group().equals(group()))
        .findFirst()
        .map((ResourceType type) -> new Found(type.qualifiedName(), type.namespaced()))
        .or(() -> custom(image));
  }

  private Optional<Found> custom(Image image) {
    Iterator<Stored> definitions =
        image.scan(Resources.CUSTOM_RESOURCE_DEFINITIONS.qualifiedName(), "", null);
    while (definitions.hasNext()) {
      KubeObject definition = definitions.next().object();
      Tree spec = definition.spec();
      if (spec.text("group").equals(group()) && spec.text("names", "kind").equals(kind)) {
        return Optional.of(new Found(definition.name(), spec.text("scope").equals("Namespaced")));
      }
    }
    return Optional.empty();
  }

  private String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** As upstream prints it. */
  @Override
  public String toString() {
    return "&ParamKind{APIVersion:" + apiVersion + ",Kind:" + kind + ",}";
  }
}
