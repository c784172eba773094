package io.kuber.server.route;

import com.google.common.hash.Hashing;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.Served;
import io.kuber.resource.Subresource;
import io.kuber.resource.Verb;
import io.kuber.server.aggregate.ForeignApis;
import io.kuber.server.route.ServedGroups.Ours;
import io.kuber.server.route.ServedGroups.Theirs;
import io.kuber.server.route.ServedGroups.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents that tell clients which resources there are: the legacy ones, a document per group
 * and version, and the aggregated ones, a document for all (k8s.io/api, apidiscovery/v2).
 *
 * <p>Immutable; made once and kept as bytes.
 */
final class Discovery {
  private final Map<String, byte[]> documents = new LinkedHashMap<>();
  private final byte[] aggregatedCore;
  private final byte[] aggregatedGroups;

  Discovery(List<Served> resources, ForeignApis foreign) {
    Map<String, List<Version>> groups = ServedGroups.of(resources, foreign);
    documents.put("api", Json.print(coreVersions()));
    List<Tree> named = new ArrayList<>();
    groups.forEach(
        (group, versions) -> {
          for (Version version : versions) {
            if (version instanceof Ours ours) {
              documents.put(
                  path(group) + "/" + version.name(),
                  Json.print(resourceList(groupVersion(group, version.name()), ours.members())));
            }
          }
          if (!group.isEmpty()) {
            named.add(group(group, versions.stream().map(Version::name).toList()));
            documents.put(
                "apis/" + group, Json.print(withType("APIGroup", named.get(named.size() - 1))));
          }
        });
    documents.put(
        "apis",
        Json.print(
            Tree.of("kind", "APIGroupList", "apiVersion", "v1", "groups", Items.copyOf(named))));
    aggregatedCore = aggregated(groups, true);
    aggregatedGroups = aggregated(groups, false);
  }

  /** The paths that have a document, in order. */
  Collection<String> paths() {
    return documents.keySet();
  }

  /** The document of a path such as {@code api}, {@code apis/apps} or {@code apis/apps/v1}. */
  Optional<byte[]> document(List<String> segments) {
    return Optional.ofNullable(documents.get(String.join("/", segments)));
  }

  /** The aggregated document of {@code /api} (the core group) or of {@code /apis} (all others). */
  byte[] aggregated(String root) {
    return root.equals("api") ? aggregatedCore : aggregatedGroups;
  }

  private static Tree coreVersions() {
    return Tree.of(
        "kind",
        "APIVersions",
        "versions",
        Items.of("v1"),
        "serverAddressByClientCIDRs",
        Items.EMPTY);
  }

  private static Tree group(String name, Iterable<String> versions) {
    List<Tree> entries = new ArrayList<>();
    for (String version : versions) {
      entries.add(Tree.of("groupVersion", name + "/" + version, "version", version));
    }
    return Tree.of(
        "name", name, "versions", Items.copyOf(entries), "preferredVersion", entries.get(0));
  }

  private static Tree withType(String kind, Tree tree) {
    Tree.Builder typed = Tree.builder().put("kind", kind).put("apiVersion", "v1");
    tree.forEach(typed::put);
    return typed.build();
  }

  private static Tree resourceList(String groupVersion, List<Served> resources) {
    List<Tree> entries = new ArrayList<>();
    for (Served resource : resources) {
      entries.add(entry(resource));
      resource.version().subresources().forEach(sub -> entries.add(entry(resource, sub)));
    }
    return Tree.of(
        "kind",
        "APIResourceList",
        "apiVersion",
        "v1",
        "groupVersion",
        groupVersion,
        "resources",
        Items.copyOf(entries));
  }

  private static Tree entry(Served resource) {
    Tree.Builder entry =
        Tree.builder()
            .put("name", resource.type().plural())
            .put("singularName", resource.type().singular())
            .put("namespaced", resource.type().namespaced())
            .put("kind", resource.type().kind())
            .put("verbs", verbs(resource.kind().verbs()));
    if (!resource.type().shortNames().isEmpty()) {
      entry.put("shortNames", Items.copyOf(resource.type().shortNames()));
    }
    if (!resource.type().categories().isEmpty()) {
      entry.put("categories", Items.copyOf(resource.type().categories()));
    }
    return entry.put("storageVersionHash", storageVersionHash(resource)).build();
  }

  /** Opaque to clients: it only has to change when the stored version does. */
  private static String storageVersionHash(Served resource) {
    byte[] hash =
        Hashing.sha256()
            .hashString(
                resource.type().group()
                    + "/"
                    + resource.type().version()
                    + "/"
                    + resource.type().kind(),
                StandardCharsets.UTF_8)
            .asBytes();
    return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 8));
  }

  private static Tree entry(Served resource, Subresource subresource) {
    Tree.Builder entry =
        Tree.builder()
            .put("name", resource.type().plural() + "/" + subresource.name())
            .put("singularName", "")
            .put("namespaced", resource.type().namespaced());
    if (!subresource.apiVersion().equals(resource.type().apiVersion())) {
      entry.put("group", groupOf(subresource)).put("version", versionOf(subresource));
    }
    return entry.put("kind", subresource.kind()).put("verbs", verbs(subresource.verbs())).build();
  }

  private static byte[] aggregated(Map<String, List<Version>> groups, boolean core) {
    List<Tree> items = new ArrayList<>();
    groups.forEach(
        (group, versions) -> {
          if (group.isEmpty() == core) {
            items.add(aggregatedGroup(group, versions));
          }
        });
    return Json.print(
        Tree.of(
            "kind",
            "APIGroupDiscoveryList",
            "apiVersion",
            "apidiscovery.k8s.io/v2",
            "metadata",
            Tree.EMPTY,
            "items",
            Items.copyOf(items)));
  }

  private static Tree aggregatedGroup(String group, List<Version> versions) {
    List<Tree> entries = versions.stream().map(Discovery::aggregatedVersion).toList();
    Tree metadata = group.isEmpty() ? Tree.EMPTY : Tree.of("name", group);
    return Tree.of("metadata", metadata, "versions", Items.copyOf(entries));
  }

  private static Tree aggregatedVersion(Version version) {
    if (version instanceof Theirs theirs) {
      return ForeignEntries.aggregated(theirs.foreign());
    }
    return Tree.of(
        "version",
        version.name(),
        "resources",
        Items.copyOf(
            ((Ours) version).members().stream().map(Discovery::aggregatedResource).toList()),
        "freshness",
        "Current");
  }

  private static Tree aggregatedResource(Served resource) {
    Tree.Builder entry =
        Tree.builder()
            .put("resource", resource.type().plural())
            .put(
                "responseKind",
                responseKind(
                    resource.type().group(), resource.type().version(), resource.type().kind()))
            .put("scope", resource.type().namespaced() ? "Namespaced" : "Cluster")
            .put("singularResource", resource.type().singular())
            .put("verbs", verbs(resource.kind().verbs()));
    if (!resource.type().shortNames().isEmpty()) {
      entry.put("shortNames", Items.copyOf(resource.type().shortNames()));
    }
    if (!resource.type().categories().isEmpty()) {
      entry.put("categories", Items.copyOf(resource.type().categories()));
    }
    if (!resource.version().subresources().isEmpty()) {
      entry.put(
          "subresources",
          Items.copyOf(
              resource.version().subresources().stream()
                  .map(
                      sub ->
                          Tree.of(
                              "subresource",
                              sub.name(),
                              "responseKind",
                              responseKind(groupOf(sub), versionOf(sub), sub.kind()),
                              "verbs",
                              verbs(sub.verbs())))
                  .toList()));
    }
    return entry.build();
  }

  private static Tree responseKind(String group, String version, String kind) {
    return Tree.of("group", group, "version", version, "kind", kind);
  }

  private static Items verbs(List<Verb> verbs) {
    return Items.copyOf(verbs.stream().map(Verb::text).toList());
  }

  static String groupOf(Subresource subresource) {
    int slash = subresource.apiVersion().indexOf('/');
    return slash < 0 ? "" : subresource.apiVersion().substring(0, slash);
  }

  static String versionOf(Subresource subresource) {
    return subresource.apiVersion().substring(subresource.apiVersion().indexOf('/') + 1);
  }

  private static String path(String group) {
    return group.isEmpty() ? "api" : "apis/" + group;
  }

  private static String groupVersion(String group, String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
