package io.kuber.resource;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a kind, perhaps in another group than the stored one.
 *
 * @param type its names
 * @param schema its fields
 * @param conversion to the stored version and back
 * @param subresources its parts that have paths of their own
 * @param scale where its scale is found
 * @param selectableFields what a field selector may name, and the path in the stored object from
 *     which the value is read
 * @param columns how tables show it; cells read the stored object
 * @param isServed whether clients can ask for it; a version may exist in the store only
 * @param warning for whoever uses it; empty where there is nothing to warn of
 */
public record Version(
    ResourceType type,
    KindSchema schema,
    Conversion conversion,
    List<Subresource> subresources,
    ScalePaths scale,
    Map<String, List<String>> selectableFields,
    Columns columns,
    boolean isServed,
    String warning) {
  private static final Map<String, List<String>> OF_ALL =
      ImmutableMap.of(
          "metadata.name", List.of("metadata", "name"),
          "metadata.namespace", List.of("metadata", "namespace"));

  /** Copies the collections. */
  public Version {
    subresources = List.copyOf(subresources);
    selectableFields = ImmutableMap.copyOf(selectableFields);
  }

  /** A version of a built-in kind without subresources. */
  public static Version of(ResourceType type, Columns columns) {
    return new Version(
        type,
        KindSchema.builtIn(type.apiVersion(), type.kind()),
        Conversion.NONE,
        List.of(),
        ScalePaths.STANDARD,
        OF_ALL,
        columns,
        true,
        "");
  }

  /** A version that has all that this one has, in its own name, and is converted to this one. */
  public Version in(String group, String version, Conversion conversion) {
    ResourceType other = type.in(group, version);
    return new Version(
        other,
        KindSchema.builtIn(other.apiVersion(), other.kind()),
        conversion,
        subresources.stream().map(part -> part.in(type, other)).toList(),
        scale,
        selectableFields,
        columns,
        isServed,
        warning);
  }

  /** This version with one more subresource; one of the same name gives way. */
  public Version with(Subresource more) {
    List<Subresource> all = new ArrayList<>(subresources);
    all.removeIf(part -> part.name().equals(more.name()));
    all.add(more);
    return new Version(
        type, schema, conversion, all, scale, selectableFields, columns, isServed, warning);
  }

  /** This version with other fields. */
  public Version with(KindSchema schema) {
    return new Version(
        type,
        schema,
        conversion,
        subresources,
        scale,
        selectableFields,
        columns,
        isServed,
        warning);
  }

  /** This version, converted otherwise. */
  public Version with(Conversion conversion) {
    return new Version(
        type,
        schema,
        conversion,
        subresources,
        scale,
        selectableFields,
        columns,
        isServed,
        warning);
  }

  /** This version with a scale that is found elsewhere. */
  public Version with(ScalePaths scale) {
    return new Version(
        type,
        schema,
        conversion,
        subresources,
        scale,
        selectableFields,
        columns,
        isServed,
        warning);
  }

  /** This version with a warning for whoever uses it. */
  public Version warning(String warning) {
    return new Version(
        type,
        schema,
        conversion,
        subresources,
        scale,
        selectableFields,
        columns,
        isServed,
        warning);
  }

  /** This version, out of reach of clients. */
  public Version notServed() {
    return new Version(
        type, schema, conversion, subresources, scale, selectableFields, columns, false, warning);
  }

  /** This version with one more field for field selectors, read from a path like {@code a.b}. */
  public Version selectable(String field, String source) {
    Map<String, List<String>> all =
        ImmutableMap.<String, List<String>>builder()
            .putAll(selectableFields)
            .put(field, List.of(source.split("\\.", -1)))
            .buildKeepingLast();
    return new Version(
        type, schema, conversion, subresources, scale, all, columns, isServed, warning);
  }

  /** The subresource of that name. */
  public Optional<Subresource> subresource(String name) {
    return subresources.stream().filter(part -> part.name().equals(name)).findFirst();
  }
}
