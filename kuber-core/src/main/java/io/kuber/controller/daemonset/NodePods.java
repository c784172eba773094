package io.kuber.controller.daemonset;

import io.kuber.object.KubeObject;
import io.kuber.view.Pods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The pods of a DaemonSet on one node, oldest first; bound ones before others.
 *
 * @param all ended ones as well, but not those that are both ended and on their way out
 */
record NodePods(List<KubeObject> all) {
  private static final Comparator<KubeObject> ORDER =
      Comparator.comparing((KubeObject pod) -> Pods.nodeName(pod).isEmpty())
          .thenComparing(KubeObject::createdAt)
          .thenComparing(KubeObject::name);

  static final NodePods NONE = new NodePods(List.of());

  NodePods {
    all = all.stream().sorted(ORDER).toList();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Those that are not on their way out. */
  List<KubeObject> staying() {
    return all.stream().filter(pod -> !pod.isBeingDeleted()).toList();
  }

  List<KubeObject> running() {
    return all.stream().filter(Pods::isActive).toList();
  }

  /** Those that are too many where one may run. */
  List<KubeObject> surplus() {
    List<KubeObject> running = running();
    return running.subList(Math.min(1, running.size()), running.size());
  }

  /**
   * Those that are too many where an update may have one old pod and one new: the old one goes when
   * the new one is available, or when it does not serve itself.
   */
  List<KubeObject> surplusOfSurge(
      Predicate<KubeObject> isUpdated, Predicate<KubeObject> isAvailable) {
    List<KubeObject> surplus = new ArrayList<>();
    Optional<KubeObject> fresh = running().stream().filter(isUpdated).findFirst();
    Optional<KubeObject> old = running().stream().filter(isUpdated.negate()).findFirst();
    for (KubeObject pod : running()) {
      boolean first = fresh.filter(pod::equals).isPresent() || old.filter(pod::equals).isPresent();
      if (!first) {
        surplus.add(pod);
      }
    }
    if (fresh.isPresent() && old.isPresent()) {
      boolean replaced = !Pods.isReady(old.get()) || isAvailable.test(fresh.get());
      if (replaced) {
        surplus.add(old.get());
      }
    }
    return surplus;
  }
}
