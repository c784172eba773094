package io.kuber.testkit.manifest;

import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.Kind;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes all objects of an image as files that can be loaded again. For one thread. */
public final class Export {
  /** Where objects without a namespace go: no namespace has such a name. */
  private static final String CLUSTER = "_cluster";

  private static final String NODE_LEASES = "kube-node-lease";

  private final TreeImage image;
  private final Catalogue catalogue;

  /**
   * Of these objects; those whose kind is not served any more cannot be loaded and are left out.
   */
  public Export(TreeImage image, Catalogue catalogue) {
    this.image = image;
    this.catalogue = catalogue;
  }

  private List<KubeObject> objects() {
    List<KubeObject> objects = new ArrayList<>();
    image.all().forEachRemaining(stored -> shown(stored).ifPresent(objects::add));
    return objects;
  }

  private Optional<KubeObject> shown(Stored stored) {
    boolean isSignOfLife =
        stored.key().resource().equals(Resources.LEASES.qualifiedName())
            && stored.key().namespace().equals(NODE_LEASES);
    Optional<Kind> kind = catalogue.find(stored.key().resource());
    return isSignOfLife ? Optional.empty() : kind.map(known -> known.current(stored.passing()));
  }

  /** All objects as one List, as {@code kubectl get -o yaml} prints it. */
  public String toList() {
    return Yaml.print(
        Tree.of(
            "apiVersion",
            "v1",
            "kind",
            "List",
            "items",
            Items.copyOf(objects().stream().map(KubeObject::tree).toList())));
  }

  /** One file for each object: {@code NAMESPACE/KIND-NAME.yaml}. */
  public void toDirectory(Path directory) throws IOException {
    for (KubeObject object : objects()) {
      Path place = directory.resolve(object.namespace().isEmpty() ? CLUSTER : object.namespace());
      Files.createDirectories(place);
      Files.writeString(place.resolve(file(object)), Yaml.print(object.tree()));
    }
  }

  /** Kinds of other groups may have the same name; file systems do not take all names. */
  private String file(KubeObject object) {
    String group =
        object.apiVersion().contains(".")
            ? "." + object.apiVersion().substring(0, object.apiVersion().indexOf('/'))
            : "";
    return object.kind().toLowerCase(Locale.ROOT)
        + group
        + "-"
        + object.name().replace("%", "%25").replace(":", "%3A")
        + ".yaml";
  }
}
