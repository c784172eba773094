package io.kuber.admission;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What containers get that do not say how much they want. */
final class LimitDefaults {
  private static final String TOLD = "kubernetes.io/limit-ranger";

  private LimitDefaults() {}

  /** The pod with the defaults of those limits, and an annotation that tells of them. */
  static KubeObject of(KubeObject pod, List<Tree> limits) {
    Tree requests = defaults(limits, "defaultRequest");
    Tree most = defaults(limits, "default");
    List<String> told = new ArrayList<>();
    KubeObject complete =
        pod.withChild(
            "spec",
            spec ->
                spec.withEach("containers", c -> filled(c, "container", requests, most, told))
                    .withEach(
                        "initContainers", c -> filled(c, "init container", requests, most, told)));
    return told.isEmpty()
        ? pod
        : complete.with(
            "LimitRanger plugin set: " + String.join("; ", told), "metadata", "annotations", TOLD);
  }

  /** Of several limits the first that names a resource counts. */
  private static Tree defaults(List<Tree> limits, String field) {
    Tree defaults = Tree.EMPTY;
    for (Tree limit : limits) {
      if (limit.text("type").equals("Container")) {
        Tree more = limit.tree(field);
        for (int i = 0; i < more.size(); i++) {
          defaults = defaults.withDefault(more.nameAt(i), more.valueAt(i));
        }
      }
    }
    return defaults;
  }

  private static Tree filled(
      Tree container, String what, Tree requests, Tree limits, List<String> told) {
    Tree asking = filled(container, what, "requests", "request", requests, told);
    return filled(asking, what, "limits", "limit", limits, told);
  }

  private static Tree filled(
      Tree container, String what, String field, String word, Tree defaults, List<String> told) {
    Tree amounts = container.tree("resources", field);
    TreeSet<String> set = new TreeSet<>();
    for (int i = 0; i < defaults.size(); i++) {
      String name = defaults.nameAt(i);
      if (!amounts.has(name)) {
        amounts = amounts.with(name, defaults.valueAt(i));
        set.add(name);
      }
    }
    if (set.isEmpty()) {
      return container;
    }
    told.add(
        "%s %s for %s %s".formatted(String.join(", ", set), word, what, container.text("name")));
    return container.withAt(amounts, "resources", field);
  }
}
