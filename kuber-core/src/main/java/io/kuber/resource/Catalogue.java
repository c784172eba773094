package io.kuber.resource;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All kinds that the API serves, in the order of discovery. Immutable. */
public final class Catalogue {
  private final List<Kind> kinds;
  private final Map<String, Kind> byQualifiedName;

  /** The catalogue of the given entries; two of one qualified name are a mistake. */
  public Catalogue(List<Kind> kinds) {
    this.kinds = List.copyOf(kinds);
    ImmutableMap.Builder<String, Kind> names = ImmutableMap.builder();
    kinds.forEach(kind -> names.put(kind.type().qualifiedName(), kind));
    this.byQualifiedName = names.buildOrThrow();
  }

  /** Every entry, in the order of discovery. */
  public List<Kind> kinds() {
    return kinds;
  }

  /** The entry of a resource by its plural with its group, such as {@code deployments.apps}. */
  public Optional<Kind> find(String qualifiedName) {
    return Optional.ofNullable(byQualifiedName.get(qualifiedName));
  }

  /** The entry of a resource as a path names it. */
  public Optional<Kind> find(String group, String version, String plural) {
    return find(group.isEmpty() ? plural : plural + "." + group)
        .filter(kind -> kind.type().version().equals(version));
  }

  /** The entry of a kind as an object names it. */
  public Optional<Kind> findKind(String apiVersion, String kind) {
    return kinds.stream()
        .filter(entry -> entry.type().kind().equals(kind))
        .filter(entry -> entry.type().apiVersion().equals(apiVersion))
        .findFirst();
  }

  /** The entry of a type; fails when the type is not served, which is a mistake of the caller. */
  public Kind of(ResourceType type) {
    return find(type.qualifiedName())
        .orElseThrow(() -> new IllegalArgumentException(type.qualifiedName() + " is not served"));
  }
}
