package io.kuber.server.route;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.aggregate.ForeignVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The resources of another server in the form of the aggregated document, made of the list that it
 * shows (k8s.io/kube-aggregator, pkg/apiserver/handler_discovery.go). Pure; what the other server
 * left out stays empty.
 */
final class ForeignEntries {
  private ForeignEntries() {}

  static Tree aggregated(ForeignVersion version) {
    Map<String, Tree> resources = new LinkedHashMap<>();
    for (Tree listed : version.resources().trees()) {
      if (!listed.text("name").contains("/")) {
        resources.put(listed.text("name"), resource(version, listed));
      }
    }
    for (Tree listed : version.resources().trees()) {
      int slash = listed.text("name").indexOf('/');
      if (slash > 0) {
        Tree sub = subresource(version, listed, listed.text("name").substring(slash + 1));
        resources.computeIfPresent(
            listed.text("name").substring(0, slash),
            (name, parent) -> parent.with("subresources", parent.items("subresources").plus(sub)));
      }
    }
    return Tree.of(
        "version",
        version.version(),
        "resources",
        Items.copyOf(new ArrayList<>(resources.values())),
        "freshness",
        version.isStale() ? "Stale" : "Current");
  }

  private static Tree resource(ForeignVersion version, Tree listed) {
    Tree.Builder entry =
        Tree.builder()
            .put("resource", listed.text("name"))
            .put("responseKind", responseKind(version, listed))
            .put("scope", listed.isTrue("namespaced") ? "Namespaced" : "Cluster")
            .put("singularResource", listed.text("singularName"))
            .put("verbs", texts(listed, "verbs"));
    for (String list : List.of("shortNames", "categories")) {
      if (!listed.items(list).isEmpty()) {
        entry.put(list, texts(listed, list));
      }
    }
    return entry.build();
  }

  private static Tree subresource(ForeignVersion version, Tree listed, String name) {
    return Tree.of(
        "subresource",
        name,
        "responseKind",
        responseKind(version, listed),
        "verbs",
        texts(listed, "verbs"));
  }

  private static Items texts(Tree listed, String name) {
    return Items.copyOf(listed.items(name).texts());
  }

  private static Tree responseKind(ForeignVersion version, Tree listed) {
    return Tree.of(
        "group",
        listed.text("group").isEmpty() ? version.group() : listed.text("group"),
        "version",
        listed.text("version").isEmpty() ? version.version() : listed.text("version"),
        "kind",
        listed.text("kind"));
  }
}
