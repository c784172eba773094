package io.kuber.controller.volumeprovisioner;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.LocalVolume;
import io.kuber.view.Condition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The nodes that could have a volume. Pure.
 *
 * @param nodes all there are
 * @param volumes all there are
 */
record Candidates(List<KubeObject> nodes, List<KubeObject> volumes) {
  /** Whether new volumes may be made on the node. */
  static boolean isOpen(KubeObject node) {
    boolean isReady =
        Condition.find(node.status(), "Ready")
            .filter(ready -> ready.status().equals("True"))
            .isPresent();
    return isReady && !node.spec().isTrue("unschedulable") && !node.isBeingDeleted();
  }

  /** The node of that name. */
  Optional<KubeObject> named(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /**
   * The node for a volume that no pod waits for yet: of those that the class allows, the one with
   * the fewest volumes.
   */
  Optional<KubeObject> anyFor(KubeObject storageClass) {
    Map<String, Long> counts =
        volumes.stream()
            .flatMap(volume -> LocalVolume.of(volume).stream())
            .collect(Collectors.groupingBy(LocalVolume::node, Collectors.counting()));
    Function<KubeObject, Long> count = node -> counts.getOrDefault(node.name(), 0L);
    return nodes.stream()
        .filter(Candidates::isOpen)
        .filter(node -> allows(storageClass, node))
        .min(Comparator.comparing(count).thenComparing(KubeObject::name));
  }

  private static boolean allows(KubeObject storageClass, KubeObject node) {
    List<Tree> topologies = storageClass.tree().items("allowedTopologies").trees();
    return topologies.isEmpty()
        || topologies.stream()
            .anyMatch(
                topology ->
                    topology.items("matchLabelExpressions").trees().stream()
                        .allMatch(
                            rule ->
                                rule.items("values")
                                    .contains(node.labels().getOrDefault(rule.text("key"), ""))));
  }
}
