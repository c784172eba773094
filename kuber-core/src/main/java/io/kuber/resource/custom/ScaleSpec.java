package io.kuber.resource.custom;

import io.kuber.object.Tree;
import java.util.List;

/**
 * Where objects of a definition keep what the scale subresource shows.
 *
 * @param specReplicas how many replicas are wanted
 * @param statusReplicas how many there are
 * @param selector the text of the label selector; empty where there is none
 */
record ScaleSpec(List<String> specReplicas, List<String> statusReplicas, List<String> selector) {
  ScaleSpec {
    specReplicas = List.copyOf(specReplicas);
    statusReplicas = List.copyOf(statusReplicas);
    selector = List.copyOf(selector);
  }

  /** What {@code subresources.scale} says. */
  static ScaleSpec of(Tree scale) {
    return new ScaleSpec(
        path(scale.text("specReplicasPath")),
        path(scale.text("statusReplicasPath")),
        path(scale.text("labelSelectorPath")));
  }

  private static List<String> path(String text) {
    return text.length() < 2 ? List.of() : List.of(text.substring(1).split("\\.", -1));
  }
}
