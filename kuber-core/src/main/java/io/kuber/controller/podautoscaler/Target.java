package io.kuber.controller.podautoscaler;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.ScalePaths;
import io.kuber.selector.InvalidSelectorException;
import io.kuber.selector.LabelSelector;
import io.kuber.view.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is scaled.
 *
 * @param replicas wanted now
 * @param present pods that there are
 * @param selector of the pods; empty where the scale has none
 */
record Target(
    ResourceType type,
    KubeObject object,
    long replicas,
    long present,
    Optional<LabelSelector> selector) {
  private static final Set<ResourceType> WORKLOADS =
      Set.of(
          Resources.DEPLOYMENTS,
          Resources.REPLICA_SETS,
          Resources.STATEFUL_SETS,
          Resources.REPLICATION_CONTROLLERS);

  /**
   * The target that an autoscaler names; {@link IllegalArgumentException} says why there is none.
   *
   * @param resources all that are served
   */
  static Target of(View view, KubeObject scaler, List<ResourceType> resources) {
    Tree reference = scaler.spec().tree("scaleTargetRef");
    String version = reference.text("apiVersion");
    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    String kind = reference.text("kind");
    ResourceType type =
        resources.stream()
            .filter(each -> each.kind().equals(kind) && servedBy(each, group))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no matches for kind \"%s\" in group \"%s\"".formatted(kind, group)));
    String name = reference.text("name");
    KubeObject object =
        view.get(type, scaler.namespace(), name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s \"%s\" not found".formatted(type.qualifiedName(), name)));
    ScalePaths paths =
        paths(view, type)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the server could not find the requested resource"));
    return new Target(
        type,
        object,
        number(object, paths.replicas()),
        number(object, paths.statusReplicas()),
        selector(type, at(object, paths.selector())));
  }

  /** Deployments and the like were born in the group extensions, and old objects say so still. */
  private static boolean servedBy(ResourceType type, String group) {
    return type.group().equals(group) || WORKLOADS.contains(type) && group.equals("extensions");
  }

  private static Optional<ScalePaths> paths(View view, ResourceType type) {
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

  private static @Nullable Object at(KubeObject object, List<String> path) {
    return path.isEmpty() ? null : object.tree().at(path.toArray(String[]::new));
  }

  private static long number(KubeObject object, List<String> path) {
    return at(object, path) instanceof Number number ? number.longValue() : 0;
  }

  private static Optional<LabelSelector> selector(ResourceType type, @Nullable Object value) {
    try {
      if (value instanceof String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(LabelSelector.parse(text));
      }
      if (value instanceof Tree tree && !tree.isEmpty()) {
        return Optional.of(
            type.equals(Resources.REPLICATION_CONTROLLERS)
                ? LabelSelector.ofLabels(tree.texts())
                : LabelSelector.of(tree));
      }
    } catch (InvalidSelectorException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
