package io.kuber.resource;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All kinds that the API serves. Immutable. */
public final class Catalogue {
  private final List<Kind> kinds;
  private final List<Served> served;
  private final Map<String, Kind> byQualifiedName;

  /** By apiVersion and plural, as a path names them. */
  private final Map<String, Served> byPath;

  /** By apiVersion and kind, as an object names them. */
  private final Map<String, Served> byKind;

  /** The catalogue of the given entries; two of one name are a mistake. */
  public Catalogue(List<Kind> kinds) {
    this.kinds = List.copyOf(kinds);
    this.served =
        kinds.stream()
            .flatMap(kind -> kind.served().stream())
            .sorted(DiscoveryOrder.OF_SERVED)
            .toList();
    ImmutableMap.Builder<String, Kind> names = ImmutableMap.builder();
    kinds.forEach(kind -> names.put(kind.type().qualifiedName(), kind));
    this.byQualifiedName = names.buildOrThrow();
    ImmutableMap.Builder<String, Served> paths = ImmutableMap.builder();
    ImmutableMap.Builder<String, Served> objects = ImmutableMap.builder();
    for (Served each : served) {
      paths.put(key(each.type().apiVersion(), each.type().plural()), each);
      objects.put(key(each.type().apiVersion(), each.type().kind()), each);
    }
    this.byPath = paths.buildOrThrow();
    this.byKind = objects.buildOrThrow();
  }

  private static String key(String apiVersion, String name) {
    return apiVersion + "/" + name;
  }

  /** This catalogue with more entries behind its own. */
  public Catalogue with(List<Kind> more) {
    List<Kind> all = new ArrayList<>(kinds);
    all.addAll(more);
    return new Catalogue(all);
  }

  /** Every entry. */
  public List<Kind> kinds() {
    return kinds;
  }

  /** Every entry in every version in which it is served, in the order of discovery. */
  public List<Served> served() {
    return served;
  }

  /** The entry of a resource by its plural with its group, such as {@code deployments.apps}. */
  public Optional<Kind> find(String qualifiedName) {
    return Optional.ofNullable(byQualifiedName.get(qualifiedName));
  }

  /** The entry of a resource as a path names it. */
  public Optional<Served> find(String group, String version, String plural) {
    String apiVersion = group.isEmpty() ? version : group + "/" + version;
    return Optional.ofNullable(byPath.get(key(apiVersion, plural)));
  }

  /** The entry of a kind as an object names it. */
  public Optional<Served> findKind(String apiVersion, String kind) {
    return Optional.ofNullable(byKind.get(key(apiVersion, kind)));
  }

  /** The entry of a type; fails when the type is not served, which is a mistake of the caller. */
  public Kind of(ResourceType type) {
    return find(type.qualifiedName())
        .orElseThrow(() -> new IllegalArgumentException(type.qualifiedName() + " is not served"));
  }

  /**
   * The entry of a type in the version that the type names, or in the stored one where that is out
   * of reach of clients.
   */
  public Optional<Served> findServed(ResourceType type) {
    Served named = byPath.get(key(type.apiVersion(), type.plural()));
    return named != null
        ? Optional.of(named)
        : find(type.qualifiedName()).map(kind -> new Served(kind, kind.stored()));
  }

  /** As {@link #findServed}; fails when there is none, which is a mistake of the caller. */
  public Served served(ResourceType type) {
    return findServed(type)
        .orElseThrow(() -> new IllegalArgumentException(type.qualifiedName() + " is not served"));
  }
}
