package io.kuber.resource;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The APIServices of group versions that this server answers itself (kube-aggregator,
 * pkg/controllers/autoregister).
 */
public final class LocalApis {
  /** The label that says when such an APIService is made, and that it is nobody's own. */
  public static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";

  private static final String OWN = "apiregistration.k8s.io";

  private LocalApis() {}

  /** One for each built-in group version of a catalogue, in the order of discovery. */
  public static List<KubeObject> of(Catalogue catalogue) {
    Map<String, KubeObject> apis = new LinkedHashMap<>();
    for (Served served : catalogue.served()) {
      ResourceType type = served.type();
      if (!served.version().schema().isCustom() && !type.group().equals(OWN)) {
        KubeObject api = local(type.group(), type.version(), "onstart");
        apis.putIfAbsent(api.name(), api);
      }
    }
    return List.copyOf(apis.values());
  }

  /** The one of a group version that definitions add. */
  public static KubeObject ofDefinitions(String group, String version) {
    return local(group, version, "true");
  }

  private static KubeObject local(String group, String version, String managed) {
    Tree spec = Tree.of("version", version, "groupPriorityMinimum", GroupRanks.ofGroup(group));
    return Resources.API_SERVICES
        .object("", version + "." + group)
        .with(managed, "metadata", "labels", MANAGED)
        .with(
            (group.isEmpty() ? spec : spec.with("group", group))
                .with("versionPriority", GroupRanks.ofVersion(group, version)),
            "spec");
  }
}
