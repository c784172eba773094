package io.kuber.schema.openapi;

import io.kuber.object.Tree;

/** A kind in its group and version. */
record Gvk(String group, String version, String kind) {
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Where the group and version is served, without the first slash: {@code apis/apps/v1}. */
  String path() {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }

  Tree tree() {
    return Tree.of("group", group, "kind", kind, "version", version);
  }
}
