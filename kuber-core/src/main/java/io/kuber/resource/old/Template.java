package io.kuber.resource.old;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;

/** What old workloads took from the template of their pods when the manifest did not say. */
final class Template {
  private Template() {}

  /** The workload with selector and labels, as its template's labels give them. */
  static KubeObject labelled(KubeObject workload) {
    Tree labels = workload.spec().tree("template", "metadata", "labels");
    if (labels.isEmpty()) {
      return workload;
    }
    KubeObject selecting =
        workload.spec().tree("selector").isEmpty()
            ? workload.with(Tree.of("matchLabels", labels), "spec", "selector")
            : workload;
    return selecting.labels().isEmpty() ? selecting.with(labels, "metadata", "labels") : selecting;
  }

  /** The object with the value at the path, unless there is one. */
  static KubeObject or(KubeObject object, Object value, String... path) {
    return object.tree().at(path) == null ? object.with(value, path) : object;
  }
}
