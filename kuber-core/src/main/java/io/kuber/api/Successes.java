package io.kuber.api;

import io.kuber.object.Tree;

/** Status objects that say that all went well. */
final class Successes {
  private Successes() {}

  static Tree status(Tree details) {
    Tree.Builder status =
        Tree.builder()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("metadata", Tree.EMPTY)
            .put("status", "Success");
    return details.isEmpty() ? status.build() : status.put("details", details).build();
  }
}
