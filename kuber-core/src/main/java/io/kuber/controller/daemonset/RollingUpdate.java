package io.kuber.controller.daemonset;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which old pods to delete next, and where new ones come beside old ones (upstream: rollingUpdate
 * in pkg/controller/daemon/update.go).
 *
 * @param deletions old pods
 * @param nodes names of nodes that get a new pod though an old one is there
 */
record RollingUpdate(List<KubeObject> deletions, List<String> nodes) {
  static final RollingUpdate NONE = new RollingUpdate(List.of(), List.of());

  RollingUpdate {
    deletions = List.copyOf(deletions);
    nodes = List.copyOf(nodes);
  }

  /** How many pods more than one on each node there may be. */
  static long maxSurge(KubeObject set, long desired) {
    return Share.roundedUp(settings(set), "maxSurge", 0L, desired);
  }

  private static Tree settings(KubeObject set) {
    return set.spec().tree("updateStrategy", "rollingUpdate");
  }

  /**
   * The next step.
   *
   * @param pods of every node, those without any included that should have one
   * @param desired how many nodes should have one
   */
  static RollingUpdate next(
      KubeObject set,
      Map<String, NodePods> pods,
      long desired,
      Predicate<KubeObject> isUpdated,
      Predicate<KubeObject> isAvailable) {
    if (!set.spec().text("updateStrategy", "type").equals("RollingUpdate")) {
      return NONE;
    }
    long maxSurge = maxSurge(set, desired);
    long maxUnavailable = Share.roundedUp(settings(set), "maxUnavailable", 1L, desired);
    return maxSurge == 0
        ? replacing(pods, Math.max(1, maxUnavailable), isUpdated, isAvailable)
        : surging(pods, maxSurge, isUpdated, isAvailable);
  }

  private static RollingUpdate replacing(
      Map<String, NodePods> pods,
      long maxUnavailable,
      Predicate<KubeObject> isUpdated,
      Predicate<KubeObject> isAvailable) {
    List<KubeObject> deletions = new ArrayList<>();
    List<KubeObject> candidates = new ArrayList<>();
    long room = maxUnavailable;
    for (NodePods there : pods.values()) {
      Optional<KubeObject> only = only(there.staying());
      boolean available = only.filter(isAvailable).isPresent();
      room -= available ? 0 : 1;
      if (only.filter(isUpdated.negate()).isPresent()) {
        (available ? candidates : deletions).add(only.get());
      }
    }
    candidates.stream().limit(Math.max(0, room)).forEach(deletions::add);
    return new RollingUpdate(deletions, List.of());
  }

  private static Optional<KubeObject> only(List<KubeObject> pods) {
    return pods.size() == 1 ? Optional.of(pods.get(0)) : Optional.empty();
  }

  private static RollingUpdate surging(
      Map<String, NodePods> pods,
      long maxSurge,
      Predicate<KubeObject> isUpdated,
      Predicate<KubeObject> isAvailable) {
    List<KubeObject> deletions = new ArrayList<>();
    List<String> nodes = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    long room = maxSurge;
    for (Map.Entry<String, NodePods> there : pods.entrySet()) {
      List<KubeObject> staying = there.getValue().staying();
      List<KubeObject> fresh = staying.stream().filter(isUpdated).toList();
      List<KubeObject> old = staying.stream().filter(isUpdated.negate()).toList();
      if (fresh.size() > 1 || old.size() > 1) {
        room--;
      } else if (!old.isEmpty() && fresh.isEmpty()) {
        (isAvailable.test(old.get(0)) ? candidates : nodes).add(there.getKey());
      } else if (!old.isEmpty() && isAvailable.test(fresh.get(0))) {
        deletions.add(old.get(0));
      } else {
        room -= old.isEmpty() ? 0 : 1;
      }
    }
    candidates.stream().limit(Math.max(0, room)).forEach(nodes::add);
    return new RollingUpdate(deletions, nodes);
  }
}
