package io.kuber.resource.builtin.apiregistration;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Catalogue;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An APIService for each group version that this server answers itself, in the order of discovery
 * (kube-aggregator, pkg/controllers/autoregister).
 */
public final class LocalApis {
  /** The first group, and the step from one to the next, as kube-apiserver ranks its own. */
  private static final long FIRST_GROUP = 18_000;

  private static final long GROUP_STEP = 100;
  private static final long FIRST_VERSION = 100;
  private static final String OWN = "apiregistration.k8s.io";

  private LocalApis() {}

  /** The APIServices of a catalogue. */
  public static List<KubeObject> of(Catalogue catalogue) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    catalogue
        .served()
        .forEach(
            served -> {
              ResourceType type = served.type();
              List<String> known =
                  versions.computeIfAbsent(type.group(), group -> new ArrayList<>());
              if (!known.contains(type.version()) && !type.group().equals(OWN)) {
                known.add(type.version());
              }
            });
    List<KubeObject> apis = new ArrayList<>();
    long group = FIRST_GROUP;
    for (Map.Entry<String, List<String>> entry : versions.entrySet()) {
      long version = FIRST_VERSION;
      for (String each : entry.getValue()) {
        apis.add(local(entry.getKey(), each, group, version--));
      }
      group -= GROUP_STEP;
    }
    return apis;
  }

  private static KubeObject local(String group, String version, long minimum, long priority) {
    Tree spec = Tree.of("version", version, "groupPriorityMinimum", minimum);
    return Resources.API_SERVICES
        .object("", version + "." + group)
        .with("onstart", "metadata", "labels", "kube-aggregator.kubernetes.io/automanaged")
        .with(
            (group.isEmpty() ? spec : spec.with("group", group)).with("versionPriority", priority),
            "spec");
  }
}
