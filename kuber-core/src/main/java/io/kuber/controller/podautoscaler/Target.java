package io.kuber.controller.podautoscaler;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Scales;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.ScalePaths;
import io.kuber.selector.InvalidSelectorException;
import io.kuber.selector.LabelSelector;
import io.kuber.view.View;
import java.util.List;
import java.util.Optional;
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
        Scales.typeOf(resources, group, kind)
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
        Scales.of(view, type)
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
