package io.kuber.reconcile;

import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.ScalePaths;
import io.kuber.view.View;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which resources have a scale, and where in their objects it stands. */
public final class Scales {
  private static final Set<ResourceType> WORKLOADS =
      Set.of(
          Resources.DEPLOYMENTS,
          Resources.REPLICA_SETS,
          Resources.STATEFUL_SETS,
          Resources.REPLICATION_CONTROLLERS);

  private Scales() {}

  /**
   * The resource that is meant by a group and a kind. Deployments and the like were born in the
   * group extensions, and old objects say so still.
   */
  public static Optional<ResourceType> typeOf(
      Collection<ResourceType> resources, String group, String kind) {
    return resources.stream()
        .filter(type -> type.kind().equals(kind))
        .filter(
            type ->
                type.group().equals(group)
                    || WORKLOADS.contains(type) && group.equals("extensions"))
        .findFirst();
  }

  /** Where the scale of a resource stands; empty when it has none. */
  public static Optional<ScalePaths> of(View view, ResourceType type) {
    if (WORKLOADS.contains(type)) {
      return Optional.of(ScalePaths.STANDARD);
    }
    return view.get(Resources.CUSTOM_RESOURCE_DEFINITIONS, "", type.qualifiedName()).stream()
        .flatMap(definition -> definition.spec().items("versions").trees().stream())
        .filter(version -> version.text("name").equals(type.version()))
        .map(version -> version.tree("subresources", "scale"))
        .filter(scale -> !scale.isEmpty())
        .map(
            scale ->
                new ScalePaths(
                    path(scale.text("specReplicasPath")),
                    path(scale.text("statusReplicasPath")),
                    path(scale.text("labelSelectorPath"))))
        .findFirst();
  }

  private static List<String> path(String text) {
    return Arrays.stream(text.split("\\.", -1)).filter(part -> !part.isEmpty()).toList();
  }
}
