package io.kuber.resource.custom;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code CustomResourceDefinition} in the form of v1 says, as far as its objects go.
 *
 * @param group the API group
 * @param names that are its own by now, which may lag behind those it asks for
 * @param namespaced whether objects live in a namespace
 * @param versions in the order in which they are written
 * @param conversion how objects get from version to version
 * @param isEstablished whether its objects are served
 * @param isTerminating whether it goes away, so that there are to be no new objects
 */
public record Definition(
    String group,
    Tree names,
    boolean namespaced,
    List<VersionSpec> versions,
    Tree conversion,
    boolean isEstablished,
    boolean isTerminating) {
  /** Copies the versions. */
  public Definition {
    versions = List.copyOf(versions);
  }

  /**
   * One version.
   *
   * @param isServed whether clients can ask for it
   * @param isStored whether objects are stored in it
   * @param schema its {@code openAPIV3Schema}; empty where there is none
   * @param keepsUnknown whether fields that the schema lacks are kept everywhere
   * @param hasStatus whether status is a subresource
   * @param scale where the scale is; null where there is none
   * @param columns {@code additionalPrinterColumns}
   * @param selectableFields paths such as {@code .spec.color}
   * @param warning for whoever uses it; empty where there is nothing to warn of
   */
  public record VersionSpec(
      String name,
      boolean isServed,
      boolean isStored,
      Tree schema,
      boolean keepsUnknown,
      boolean hasStatus,
      @Nullable ScaleSpec scale,
      List<Tree> columns,
      List<String> selectableFields,
      String warning) {
    /** Copies the lists. */
    public VersionSpec {
      columns = List.copyOf(columns);
      selectableFields = List.copyOf(selectableFields);
    }
  }

  /** What an object says. */
  public static Definition of(KubeObject object) {
    Tree spec = object.spec();
    return new Definition(
        spec.text("group"),
        object.status().tree("acceptedNames"),
        spec.text("scope").equals("Namespaced"),
        spec.items("versions").trees().stream().map(version -> version(version, spec)).toList(),
        spec.tree("conversion"),
        isTrue(object, "Established"),
        isTrue(object, "Terminating") || object.isBeingDeleted());
  }

  /** The names of its objects in the version in which they are stored. */
  public ResourceType storedType() {
    String stored =
        versions.stream()
            .filter(VersionSpec::isStored)
            .map(VersionSpec::name)
            .findFirst()
            .orElse("");
    return type(stored);
  }

  /** The names of its objects in a version. */
  ResourceType type(String version) {
    return new ResourceType(
        group,
        version,
        names.text("kind"),
        names.text("plural"),
        names.text("singular"),
        namespaced,
        names.items("shortNames").texts(),
        names.items("categories").texts());
  }

  private static boolean isTrue(KubeObject object, String condition) {
    return object.status().items("conditions").trees().stream()
        .filter(each -> each.text("type").equals(condition))
        .anyMatch(each -> each.text("status").equals("True"));
  }

  private static VersionSpec version(Tree version, Tree spec) {
    Tree parts = version.tree("subresources");
    return new VersionSpec(
        version.text("name"),
        version.isTrue("served"),
        version.isTrue("storage"),
        version.tree("schema", "openAPIV3Schema"),
        spec.isTrue("preserveUnknownFields"),
        parts.has("status"),
        parts.get("scale") instanceof Tree scale ? ScaleSpec.of(scale) : null,
        version.items("additionalPrinterColumns").trees(),
        version.items("selectableFields").trees().stream()
            .map(field -> field.text("jsonPath"))
            .toList(),
        warning(version, spec));
  }

  private static String warning(Tree version, Tree spec) {
    if (!version.isTrue("deprecated")) {
      return "";
    }
    String said = version.text("deprecationWarning");
    return said.isEmpty()
        ? "%s/%s %s is deprecated"
            .formatted(spec.text("group"), version.text("name"), spec.text("names", "kind"))
        : said;
  }
}
